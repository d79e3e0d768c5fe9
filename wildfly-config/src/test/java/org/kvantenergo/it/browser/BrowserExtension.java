package org.kvantenergo.it.browser;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.BrowserType;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Playwright;
import com.microsoft.playwright.assertions.PlaywrightAssertions;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/**
 * Hands tests a {@link Browser} that all share, or a {@link Page} of a fresh context of their own
 * (Russian, Moscow time, 1600 × 900). The page of a test that fails is kept as a picture in
 * target/browser. Playwright is bound to its thread: tests with it do not run side by side.
 */
public final class BrowserExtension implements ParameterResolver, AfterEachCallback {
  private static final Namespace NAMESPACE = Namespace.create(BrowserExtension.class);

  /**
   * Needed as root and on a machine without a screen; the rest keeps Chromium from calling home.
   */
  private static final List<String> ARGUMENTS =
      List.of(
          "--no-sandbox",
          "--disable-gpu",
          "--disable-background-networking",
          "--disable-component-update",
          "--disable-sync",
          "--no-first-run");

  /** How long something that is to come is waited for, ms: a slow machine is no failure. */
  private static final double PATIENCE = 30_000;

  @Override
  public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
    Class<?> type = parameter.getParameter().getType();
    return type == Browser.class || type == Page.class;
  }

  @Override
  public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
    Browser browser =
        context
            .getRoot()
            .getStore(NAMESPACE)
            .getOrComputeIfAbsent("browser", key -> Running.start(), Running.class)
            .browser();
    if (parameter.getParameter().getType() == Browser.class) {
      return browser;
    }
    return context
        .getStore(NAMESPACE)
        .getOrComputeIfAbsent("page", key -> page(browser), Page.class);
  }

  private static Page page(Browser browser) {
    BrowserContext fresh =
        browser.newContext(
            new Browser.NewContextOptions()
                .setLocale("ru-RU")
                .setTimezoneId("Europe/Moscow")
                .setViewportSize(1600, 900));
    return fresh.newPage();
  }

  @Override
  public void afterEach(ExtensionContext context) {
    Page page = context.getStore(NAMESPACE).remove("page", Page.class);
    if (page == null) {
      return;
    }
    if (context.getExecutionException().isPresent()) {
      String name =
          context.getRequiredTestClass().getSimpleName()
              + "."
              + context.getRequiredTestMethod().getName();
      page.screenshot(
          new Page.ScreenshotOptions().setPath(Path.of("target/browser", name + ".png")));
    }
    page.context().close();
  }

  private record Running(Playwright playwright, Browser browser) implements AutoCloseable {

    static Running start() {
      try {
        PlaywrightAssertions.setDefaultAssertionTimeout(PATIENCE);
        Path program = Browsers.find();
        Playwright playwright =
            Playwright.create(
                new Playwright.CreateOptions()
                    .setEnv(Map.of("PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD", "1")));
        Browser browser =
            playwright
                .chromium()
                .launch(
                    new BrowserType.LaunchOptions()
                        .setExecutablePath(program)
                        .setHeadless(true)
                        .setArgs(ARGUMENTS));
        return new Running(playwright, browser);
      } catch (IOException e) {
        throw new java.io.UncheckedIOException(e);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new IllegalStateException(e);
      }
    }

    @Override
    public void close() {
      browser.close();
      playwright.close();
    }
  }
}
