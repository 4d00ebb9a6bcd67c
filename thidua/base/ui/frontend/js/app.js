// Everything here improves pages that already work without it.
import htmx from "htmx.org";
import { autosave } from "./autosave.js";
import { confirmations, oneSubmit } from "./submitting.js";
import { formsets } from "./formsets.js";
import { fragments } from "./fragments.js";
import { grids } from "./grids.js";
import { lines } from "./lines.js";
import { popovers } from "./popovers.js";
import { passwords } from "./passwords.js";
import { printing } from "./printing.js";
import { sheets } from "./sheet.js";
import { tables } from "./tables.js";
import { ticks } from "./ticks.js";

htmx.config.includeIndicatorStyles = false; // the content policy allows no inline style
htmx.config.allowEval = false;
document.documentElement.classList.add("js");

const wire = (root) => {
  formsets(root);
  lines(root);
  autosave(root);
  grids(root);
  passwords(root);
  sheets(root);
  tables(root);
  ticks(root);
};
confirmations();
fragments();
oneSubmit();
popovers();
printing();
document.addEventListener("DOMContentLoaded", () => wire(document));
document.addEventListener("htmx:load", (event) => wire(event.detail.elt));
