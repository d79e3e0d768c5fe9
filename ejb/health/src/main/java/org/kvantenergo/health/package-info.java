/**
 * What an orchestrator is told: started, ready, alive (MicroProfile Health). A jar of its own in
 * the EAR's lib, because the server looks for checks there and not inside the modules
 * (docs/adr/0061). Imports nothing of ours; vitals imports it and gives the answers.
 */
package org.kvantenergo.health;
