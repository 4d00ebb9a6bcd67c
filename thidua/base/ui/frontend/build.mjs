// Bundles what the browser receives: one style sheet, one script (and that of boxes which look
// names up), a sprite of the icons that templates name,
// and the typefaces of printed papers. Nothing is fetched: all of it comes from node_modules.
import { build } from "esbuild";
import { cpSync, existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

const here = dirname(fileURLToPath(import.meta.url));
const root = join(here, "../../../..");
const dist = join(here, "../static/dist");
rmSync(dist, { recursive: true, force: true });
mkdirSync(join(dist, "papers"), { recursive: true });

await build({
  entryPoints: { app: join(here, "js/app.js"), lookups: join(here, "js/lookups.js"), styles: join(here, "css/app.css") },
  outdir: dist,
  bundle: true,
  minify: true,
  target: ["chrome100", "firefox100", "safari15"],
  loader: { ".woff2": "file", ".ttf": "file" },
  assetNames: "fonts/[name]",
  legalComments: "none",
});

const tinos = join(root, "node_modules/@expo-google-fonts/tinos");
for (const style of ["400Regular", "400Regular_Italic", "700Bold", "700Bold_Italic"]) {
  cpSync(join(tinos, style, `Tinos_${style}.ttf`), join(dist, "papers", `Tinos_${style}.ttf`));
}

// Icons named in templates and code: {% icon "flag" %}, {% empty "flag" … %}, icon="flag", Look("flag", …).
const named = new Set();
const patterns = [
  /\b(?:icon|empty|Look)\s*[ (=]\s*"([a-z][a-z0-9-]+)"/g,
  /\bTone\("[a-z]+", "([a-z][a-z0-9-]+)"/g,
];
const collect = (folder) => {
  for (const entry of readdirSync(folder, { withFileTypes: true })) {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) {
      if (!["static", "migrations", "node_modules", "__pycache__"].includes(entry.name)) collect(path);
    } else if (/\.(html|py)$/.test(entry.name)) {
      const text = readFileSync(path, "utf8");
      for (const pattern of patterns) for (const found of text.matchAll(pattern)) named.add(found[1]);
    }
  }
};
collect(join(root, "thidua"));
const folder = join(root, "node_modules/@tabler/icons/icons");
const symbols = [];
for (const name of [...named].sort()) {
  const filled = name.endsWith("-filled");
  const file = filled ? join(folder, "filled", `${name.slice(0, -7)}.svg`) : join(folder, "outline", `${name}.svg`);
  if (!existsSync(file)) {
    console.warn(`no icon is called ${name}`);
    continue;
  }
  const inside = readFileSync(file, "utf8").replace(/<!--[\s\S]*?-->/g, "").replace(/^[\s\S]*?<svg[^>]*>/, "").replace(/<\/svg>[\s\S]*$/, "").trim();
  const paint = filled
    ? 'fill="currentColor"'
    : 'fill="none" stroke="currentColor" stroke-width="1.75" stroke-linecap="round" stroke-linejoin="round"';
  symbols.push(`<symbol id="${name}" viewBox="0 0 24 24" ${paint}>${inside}</symbol>`);
}
writeFileSync(join(dist, "icons.svg"), `<svg xmlns="http://www.w3.org/2000/svg">${symbols.join("")}</svg>`);
