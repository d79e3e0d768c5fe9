package org.kvantenergo.it.browser;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.APIResponse;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.FilePayload;
import com.microsoft.playwright.options.FormData;
import com.microsoft.playwright.options.RequestOptions;
import org.kvantenergo.it.KvantInstance;

/** Brings lists of meters as the page's script does. */
public final class Upload {

  private Upload() {}

  /** Sends a file for whoever is signed in; returns the number of the list. */
  public static String of(Page page, KvantInstance kvant, String name, byte[] file) {
    APIResponse response =
        page.request()
            .post(
                kvant.url() + "/meters-upload",
                RequestOptions.create()
                    .setHeader("X-Kvant-Page", "list")
                    .setMultipart(
                        FormData.create()
                            .set("file", new FilePayload(name, "application/octet-stream", file))));
    assertThat(response.status()).as(name).isEqualTo(200);
    return response.text();
  }
}
