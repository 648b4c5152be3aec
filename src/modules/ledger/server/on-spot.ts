import { conflict, invalid } from '#core/server/errors.ts';
import type { Scope } from '#core/server/scope.ts';
import { missingEvidence } from '../evidence.ts';
import type { EvidenceInput } from '../shapes.ts';
import { addEvidence } from './evidence-store.ts';
import { carryOut } from './hold.ts';
import type { NewMatter } from './new-matter.ts';
import { raiseMatters } from './raise.ts';
import { speaksFor } from './reach.ts';
import { lockMatters } from './store.ts';

/**
 * 立行立改: found and mended in one visit. It is recorded with photos of before and after and stands as claimed; a sample of
 * such matters is still looked at by somebody outside before any of them is struck off. @throws Problem 404, 422
 */
export async function recordOnSpot(
  scope: Scope,
  { evidence, measures, ...matter }: NewMatter & { evidence: readonly EvidenceInput[]; measures: string },
): Promise<{ id: string; no: string }> {
  const missing = missingEvidence(
    matter.kind,
    'onSpot',
    evidence.map((e) => e.kind),
  );
  if (missing)
    throw invalid(
      'evidence_missing',
      { zh: `立行立改需要：${missing.zh}`, en: `Fixed on the spot needs: ${missing.en}` },
      'evidence',
    );
  // Against another unit only those record it who may give it work or look after it; anybody may record the own unit's.
  if (
    !speaksFor(scope, matter.leadUnitId ?? null, 'ledger.raise') &&
    !scope.can('ledger.issue') &&
    !scope.can('ledger.verify')
  )
    throw conflict('not_the_lead', {
      zh: '只能登记本单位当场整改的事项',
      en: 'Only what the own unit mended on the spot may be recorded',
    });
  const [made] = await raiseMatters(scope, [{ ...matter, track: 'onSpot', dueOn: scope.today }], { issue: true });
  const [issued] = await lockMatters(scope, [made!.id], 'ledger.raise');
  const { matter: claimed, eventId } = await carryOut(scope, issued!, {
    act: 'claim',
    text: measures,
    payload: { onSpot: true },
    changes: {
      state: 'claimed',
      signedAt: scope.now,
      signedOn: scope.today,
      signedByName: scope.actor.name,
      progressOn: scope.today,
      claimedAt: scope.now,
      claimedOn: scope.today,
    },
    told: 'claimed',
    data: { onSpot: true },
  });
  await addEvidence(scope, claimed, eventId, evidence);
  return made!;
}
