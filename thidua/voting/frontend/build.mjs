// Bundles the pages of a ballot, each a module of its own with nothing from outside. The same sources give the
// same bytes; hashes.json tells the SHA-256 of each, and that of the voting page stands in the manifest as `client`.
// The verifier becomes one file that opens from a disk without a network.
import { build, transform } from "esbuild";
import { createHash } from "node:crypto";
import { mkdirSync, readFileSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { basename, dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

const here = dirname(fileURLToPath(import.meta.url));
const out = process.argv[2] ?? join(here, "../../base/ui/static/dist/voting");
rmSync(out, { recursive: true, force: true });
mkdirSync(out, { recursive: true });

const common = {
  bundle: true,
  minify: true,
  format: "esm",
  charset: "utf8",
  target: ["chrome111", "firefox111", "safari16.4"],
  legalComments: "none",
  absWorkingDir: here,
};
const pages = join(here, "pages");
const names = readdirSync(pages).filter((name) => name.endsWith(".js")).sort();
await build({ ...common, entryPoints: names.map((name) => join(pages, name)), outdir: out });

const inline = (text) => `sha256-${createHash("sha256").update(text).digest("base64")}`;
const style = await transform(readFileSync(join(here, "verifier/page.css"), "utf8"), { loader: "css", minify: true });
const parts = {
  style: style.code.trim(),
  script: readFileSync(join(out, "verifier.js"), "utf8").trim().replaceAll("</script", "<\\/script"),
};
const filled = { ...parts, "style-hash": inline(parts.style), "script-hash": inline(parts.script) };
const page = readFileSync(join(here, "verifier/page.html"), "utf8");
writeFileSync(join(out, "kiem-phieu.html"), page.replace(/\{([a-z-]+)\}/g, (whole, name) => filled[name] ?? whole));

const hashes = Object.fromEntries(
  names.map((name) => {
    const digest = createHash("sha256").update(readFileSync(join(out, name))).digest("hex");
    return [basename(name, ".js"), digest];
  }),
);
writeFileSync(join(out, "hashes.json"), `${JSON.stringify(hashes)}\n`);
