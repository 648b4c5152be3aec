import type { Caller } from '#core/server/testing/test-city.ts';
import { filings } from '#modules/filings/contract.ts';

const wan = (n: number) => n * 10_000;

/** A correction of a county that waits for a decision (its id), and one that is done, with the months it restated. */
export async function layOutCorrections(
  { office, filer }: { office: Caller; filer: Caller },
  secret: string,
  { waitingId, doneId }: { waitingId: string; doneId: string },
): Promise<string> {
  const why = { cause: 'ERROR' as const, reason: `${secret}设备款重复计入`, documentNo: `${secret}〔2021〕1号` };
  const file = await filer.upload(`${secret}依据.txt`, new TextEncoder().encode(`${secret}依据`));
  const august = await filer(filings).find({ projectId: waitingId, period: '2021-08' });
  const { id } = await filer(filings).requestCorrection({ id: august.id, ...why, documentFileId: file.id });
  const july = await filer(filings).find({ projectId: doneId, period: '2021-07' });
  await office(filings).correct({ id: july.id, reason: secret, cells: ['monthYuan'] });
  const open = await filer(filings).find({ projectId: doneId, period: '2021-07' });
  const content = { ...open.draft, monthYuan: wan(900), cumulativeYuan: wan(6_900) };
  const sent = await filer(filings).submit({ id: open.id, draftVersion: open.draftVersion, content });
  await office(filings).accept({ id: open.id, seq: sent.seq! });
  return id;
}
