import { claimFile, readFileBytes } from '#core/server/files.ts';
import { defineServerModule } from '#core/server/http.ts';
import { bulletins } from '../contract.ts';
import { type CheckWork, checkWork } from './check-work.ts';
import { isShort, readAside } from './read-aside.ts';

const worker = new URL('./check-worker.ts', import.meta.url);

export default defineServerModule(bulletins, {
  handlers: {
    check: async (scope, { text, fileId, documentDate }) => {
      // Only what the caller uploaded: else whoever knows a file's hash could have it read out.
      if (fileId !== undefined) await claimFile(scope, fileId);
      const source = text === undefined ? { bytes: await readFileBytes(scope, fileId!) } : { text };
      const work: CheckWork = { source, documentDate };
      return isShort(source) ? checkWork(work) : readAside(worker, work);
    },
  },
});
