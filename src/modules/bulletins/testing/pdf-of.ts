import { fileURLToPath } from 'node:url';
import { NodeCompiler } from '@myriaddreamin/typst-ts-node-compiler';

const font = fileURLToPath(
  new URL(
    '../../../../node_modules/@expo-google-fonts/noto-serif-sc/400Regular/NotoSerifSC_400Regular.ttf',
    import.meta.url,
  ),
);

/** A PDF of Typst source, set in one Chinese face; @throws Error when the source is wrong. */
export function pdfOf(source: string): Uint8Array {
  const compiler = NodeCompiler.create({
    workspace: fileURLToPath(new URL('./', import.meta.url)),
    fontArgs: [{ fontPaths: [font] }],
  });
  const lines = source.split('\n').map((line) => line.trim());
  return compiler.pdf({ mainFileContent: ['#set text(font: "Noto Serif SC", size: 10pt)', ...lines].join('\n') });
}
