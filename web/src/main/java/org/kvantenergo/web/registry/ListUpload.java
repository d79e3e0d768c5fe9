package org.kvantenergo.web.registry;

import jakarta.inject.Inject;
import jakarta.servlet.ServletException;
import jakarta.servlet.annotation.MultipartConfig;
import jakarta.servlet.annotation.WebServlet;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.servlet.http.Part;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import org.kvantenergo.registry.lists.ListId;
import org.kvantenergo.registry.lists.Lists;
import org.kvantenergo.shared.Permission;
import org.kvantenergo.web.security.CurrentViewer;

/**
 * Takes a file with a list of meters. Called by the page's script alone: a header that no form of
 * another site can send says so. Answers with the number of the list, or 413.
 */
@WebServlet("/meters-upload")
@MultipartConfig(
    maxFileSize = Lists.MAX_BYTES,
    maxRequestSize = ListUpload.MOST,
    fileSizeThreshold = 1 << 20)
public class ListUpload extends HttpServlet {

  /** Of a request: the file and what is around it, bytes. */
  static final long MOST = Lists.MAX_BYTES + (1L << 20);

  private static final long serialVersionUID = 1L;
  private static final String OURS = "X-Kvant-Page";

  @Inject private transient Lists lists;
  @Inject private CurrentViewer viewer;

  @Override
  protected void doPost(HttpServletRequest request, HttpServletResponse response)
      throws ServletException, IOException {
    viewer.caller().require(Permission.REGISTER);
    if (request.getHeader(OURS) == null) {
      response.sendError(HttpServletResponse.SC_FORBIDDEN);
      return;
    }
    if (request.getContentLengthLong() > MOST) {
      response.sendError(HttpServletResponse.SC_REQUEST_ENTITY_TOO_LARGE);
      return;
    }
    Part part;
    try {
      part = request.getPart("file");
    } catch (RuntimeException e) {
      // Too large a part is an IllegalStateException by the specification, too many parts are
      // whatever the server takes for it.
      response.sendError(HttpServletResponse.SC_REQUEST_ENTITY_TOO_LARGE);
      return;
    }
    if (part == null) {
      response.sendError(HttpServletResponse.SC_BAD_REQUEST);
      return;
    }
    Path file = Files.createTempFile("kvant-list-", null);
    try (InputStream in = part.getInputStream()) {
      Files.copy(in, file, StandardCopyOption.REPLACE_EXISTING);
    } catch (IOException e) {
      Files.deleteIfExists(file);
      throw e;
    }
    String name = part.getSubmittedFileName() == null ? "" : part.getSubmittedFileName();
    ListId list =
        lists.announce(viewer.caller(), viewer.scope().organisation(), name, viewer.zone());
    lists.read(viewer.caller(), list, file);
    response.setContentType("text/plain;charset=UTF-8");
    response.getWriter().print(list.value());
  }
}
