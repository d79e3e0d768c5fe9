/* Under our policy what stood in an on…= attribute comes as a script that calls PrimeFaces.csp. Pages
   without a component of PrimeFaces do not load it: there this much of it does. Last in the body. */
'use strict';
window.PrimeFaces = window.PrimeFaces || {
  csp: {
    init: () => {},
    register: (id, name, handler) => { document.getElementById(id)[name] = handler; }
  }
};
