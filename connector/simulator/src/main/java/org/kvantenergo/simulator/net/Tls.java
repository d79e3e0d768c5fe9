package org.kvantenergo.simulator.net;

import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslContextBuilder;
import io.netty.handler.ssl.SslProvider;
import io.netty.handler.ssl.util.InsecureTrustManagerFactory;
import java.nio.file.Path;
import javax.net.ssl.SSLException;

/**
 * TLS 1.2 or newer to the server. Its name is not checked: modules know addresses.
 *
 * @param ca PEM file with the certificates to trust; null = whoever answers is trusted
 */
public record Tls(Path ca) {

  /** Trusts whoever answers. */
  public static final Tls TRUST_ALL = new Tls(null);

  /** TLS for every connection to one server. */
  SslContext context() {
    SslContextBuilder builder =
        SslContextBuilder.forClient().sslProvider(SslProvider.JDK).protocols("TLSv1.3", "TLSv1.2");
    try {
      return ca == null
          ? builder.trustManager(InsecureTrustManagerFactory.INSTANCE).build()
          : builder.trustManager(ca.toFile()).build();
    } catch (SSLException e) {
      throw new IllegalArgumentException("TLS cannot be set up: " + e.getMessage(), e);
    }
  }
}
