import { claimFile, readFileBytes } from '#core/server/files.ts';
import { defineServerModule } from '#core/server/http.ts';
import { bulletins } from '../contract.ts';
import { readBulletin } from '../reading.ts';
import { reportOf } from '../report.ts';
import { readIn } from './read-in.ts';

export default defineServerModule(bulletins, {
  handlers: {
    check: async (scope, { text, fileId, documentDate }) => {
      // Only what the caller uploaded: else whoever knows a file's hash could have it read out.
      if (fileId !== undefined) await claimFile(scope, fileId);
      const original = text ?? (await readIn(await readFileBytes(scope, fileId!))).text;
      return { ...reportOf(readBulletin(original, { documentDate })), text: text === undefined ? original : null };
    },
  },
});
