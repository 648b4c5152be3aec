import { readDocument } from '#core/server/document/read/read.ts';
import { readFileBytes } from '#core/server/files.ts';
import { defineServerModule } from '#core/server/http.ts';
import { bulletins } from '../contract.ts';
import { readBulletin } from '../reading.ts';
import { reportOf } from '../report.ts';

export default defineServerModule(bulletins, {
  handlers: {
    check: async (scope, { text, fileId, documentDate }) => {
      const original = text ?? (await readDocument(await readFileBytes(scope, fileId!))).text;
      return { ...reportOf(readBulletin(original, { documentDate })), text: text === undefined ? original : null };
    },
  },
});
