/* The page of campaigns: what is asked before something is done with one. */
'use strict';
KvantDialog();
