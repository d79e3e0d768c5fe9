#!/bin/sh
# The manual's pictures, from those that the tests made: run AccessibilityIT and CommandDialogIT with -Dkvant.screenshots=1, then this.
set -eu
here=$(cd "$(dirname "$0")" && pwd)
scenes=${1:-$here/../../../wildfly-config/target/browser/scenes}
take() {
  cp "$scenes/$1 light 1366.png" "$here/$2.png"
}
take "login refused" login
take "home shut" home
take technological technological
take monitoring monitoring
take "../commands/sending" sending
take "../commands/queued" commands-tab
take custody custody
take fleet fleet
take "map chosen" map
take "setaside ticked" setaside
take commands commands
take campaigns campaigns
take devices devices
take meters meters
take "sites unfolded" sites
take accounts accounts
take "meterlist wrong" meterlist
take "users chosen" users
take "roles chosen" roles
take audit audit
take password password
