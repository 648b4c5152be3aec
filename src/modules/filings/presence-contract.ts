import { z } from 'zod';
import { command } from '#core/shared/contract.ts';

/** Who else has the filing open, and what the draft on the server is: asked every few seconds by an open form. */
export const Presence = z.object({
  others: z.array(z.object({ name: z.string(), isWriting: z.boolean() })),
  draftVersion: z.int(),
  draftBy: z.string().nullable(),
  draftAt: z.iso.datetime().nullable(),
});
export type Presence = z.infer<typeof Presence>;

/** An open form says so this often; who was not heard for three times as long has gone. */
export const presenceEveryMs = 8_000;

export const presenceEndpoints = {
  showPresence: command({
    path: '/filings/one/:id/presence',
    summary: {
      zh: '告知正在填写，返回还有谁在填',
      en: 'Says that the filing is open here; answers who else has it open',
    },
    permission: 'filings.file',
    quiet: true,
    input: z.object({ id: z.uuid(), isWriting: z.boolean(), isLeaving: z.boolean().default(false) }),
    output: Presence,
  }),
};
