package org.kvantenergo.web.people;

import jakarta.annotation.PostConstruct;
import jakarta.faces.view.ViewScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import java.io.Serializable;
import java.util.Arrays;
import java.util.List;
import org.kvantenergo.account.Organisations;
import org.kvantenergo.shared.OrganisationId;
import org.kvantenergo.web.security.CurrentViewer;

/** «Организации»: the viewer's part of the tree, and one of them in a form. */
@Named("organisations")
@ViewScoped
public class OrganisationsView implements Serializable {

  private static final long serialVersionUID = 1L;

  @Inject private transient Organisations organisations;
  @Inject private CurrentViewer viewer;

  private long selected;
  private String name;
  private String kind;
  private long parent;
  private transient List<Organisations.Organisation> list;
  private transient String note;
  private transient boolean done;

  @PostConstruct
  void begin() {
    fresh();
  }

  /** The form is for a new organisation, right below the viewer's own. */
  public void fresh() {
    selected = 0;
    name = "";
    kind = Organisations.Kind.MANAGEMENT_COMPANY.name();
    parent = viewer.get().scope().organisation().value();
    note = "";
  }

  /** The form is for one of the organisations. */
  public void choose(long id) {
    fresh();
    getList().stream().filter(each -> each.id().value() == id).findFirst().ifPresent(this::show);
  }

  private void show(Organisations.Organisation organisation) {
    selected = organisation.id().value();
    name = organisation.name();
    kind = organisation.kind().name();
    parent = organisation.parent() == null ? 0 : organisation.parent().value();
  }

  /** Makes the organisation or changes it. */
  public void save() {
    Organisations.Profile profile =
        new Organisations.Profile(
            name == null ? "" : name.strip(), chosen(), new OrganisationId(parent));
    Organisations.Outcome outcome =
        selected == 0
            ? organisations.add(viewer.caller(), profile)
            : organisations.change(viewer.caller(), new OrganisationId(selected), profile);
    done = outcome == Organisations.Outcome.DONE;
    note = "organisations.said." + outcome.name();
    list = null;
  }

  /** What was sent, which need not be what the page offers. */
  private Organisations.Kind chosen() {
    return kind == null ? Organisations.Kind.MANAGEMENT_COMPANY : Organisations.Kind.valueOf(kind);
  }

  /** The viewer's part of the tree. */
  public List<Organisations.Organisation> getList() {
    if (list == null) {
      list = organisations.list(viewer.get().scope());
    }
    return list;
  }

  /** Whether the form may be sent: one's own organisation is only shown. */
  public boolean isOpen() {
    return selected != viewer.get().scope().organisation().value();
  }

  /** What an organisation can be; of one's own, what it is. */
  public List<String> getKinds() {
    return Arrays.stream(Organisations.Kind.values())
        .filter(each -> each != Organisations.Kind.OPERATOR || !isOpen())
        .map(Organisations.Kind::name)
        .toList();
  }

  public long getSelected() {
    return selected;
  }

  public String getName() {
    return name;
  }

  public void setName(String name) {
    this.name = name;
  }

  public String getKind() {
    return kind;
  }

  public void setKind(String kind) {
    this.kind = kind;
  }

  public long getParent() {
    return parent;
  }

  public void setParent(long parent) {
    this.parent = parent;
  }

  /** Key of what to say; empty = nothing. */
  public String getNote() {
    return note == null ? "" : note;
  }

  public boolean isDone() {
    return done;
  }
}
