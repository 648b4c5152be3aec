// Makes the demonstration city's files in demo/: the ledger workbook, what was filed month by month, and the site pictures.
// Run by a person when the demonstration changes: node scripts/make-demo.ts. The same input gives the same bytes.
import { mkdir, writeFile } from 'node:fs/promises';
import { inventCity } from './demo/invent.ts';
import { drawPhotos } from './demo/photos.ts';
import { randomOf } from './demo/random.ts';
import type { DemoProject } from './demo/shape.ts';
import { writeLedger } from './demo/workbook.ts';

const demo = new URL('../demo/', import.meta.url);
const random = randomOf(430600);
const projects = inventCity(random, 605);
await mkdir(new URL('photos/', demo), { recursive: true });
await writeFile(new URL('ledger-2021.xlsx', demo), await writeLedger(random, projects));

/** Only what is filed: leaves, by name, as [2020-01 … 2021-08] in 万元, then September. */
const leaves = projects.flatMap((p) => (p.children.length > 0 ? p.children : [p]));
const filed = (p: DemoProject) => ({
  name: p.name,
  months: p.months.map((yuan) => yuan / 10_000),
  september: p.september && {
    wan: p.september.yuan / 10_000,
    state: p.september.state,
    progress: p.september.progress,
  },
  progress: p.progress,
  problem: p.problem,
  enrolledOn: p.enrolledOn,
});
const lines = leaves
  .filter((p) => p.startedOn !== null || p.september !== null)
  .map((p) => `    ${JSON.stringify(filed(p))}`);
await writeFile(
  new URL('filings.json', demo),
  `{\n  "note": "示例：逐月填报，单位万元，2020年1月至2021年8月，另有2021年9月在途",\n  "first": "2020-01",\n  "projects": [\n${lines.join(',\n')}\n  ]\n}\n`,
);
await drawPhotos(new URL('photos/', demo), random);
console.log(`${projects.length} projects, ${leaves.length} items`);
