import { conflict, invalid } from '#core/server/errors.ts';
import type { Scope } from '#core/server/scope.ts';
import type { Day } from '#core/shared/day.ts';
import { checkCreditCode } from '../credit-code.ts';
import { nameKey } from '../unit-name.ts';
import { isOrdered, overlap, type Validity } from '../validity.ts';
import { reachOf } from './reach.ts';
import { findRegionRow } from './region-store.ts';
import { listChildrenOf, listUnitsWithCreditCode, type UnitRow } from './unit-store.ts';

export function checkOrder(validity: Validity): void {
  if (!isOrdered(validity))
    throw invalid(
      'dates_out_of_order',
      { zh: '终止日期不能早于起始日期', en: 'The last day cannot be before the first' },
      'validTo',
    );
}

/** Two units of one name below one parent are allowed only one after the other. */
export async function checkName(
  scope: Scope,
  unit: Validity & { id: string; name: string; parentId: string | null },
): Promise<void> {
  const key = nameKey(unit.name);
  if (key === '') throw invalid('unit_name', { zh: '单位名称里要有文字', en: 'A unit’s name needs letters' }, 'name');
  if (unit.parentId === null) return;
  const twin = (await listChildrenOf(scope, unit.parentId)).find(
    (other) => other.id !== unit.id && other.nameKey === key && overlap(other, unit),
  );
  if (twin)
    throw conflict(
      'unit_exists',
      {
        zh: `同一上级下已有“${twin.name}”（${twin.validFrom} 起），请换名称，或先撤销原单位`,
        en: `${twin.name} already stands below this parent (since ${twin.validFrom}): choose another name, or retire that unit first`,
      },
      { id: twin.id },
    );
}

export async function checkRegion(scope: Scope, regionCode: string | null): Promise<void> {
  if (regionCode !== null && !(await findRegionRow(scope, regionCode)))
    throw invalid(
      'unknown_region',
      {
        zh: `区划表里没有代码 ${regionCode}，请先在区划页添加`,
        en: `The region ${regionCode} is not in the city’s list: add it first`,
      },
      'regionCode',
    );
}

/**
 * The code as it is kept, null when the form leaves it empty. A code that cannot be one is refused; one that only fails
 * its check character is kept when a reason is given, because such codes are in use (GB 32100—2015).
 */
export async function checkedCreditCode(
  scope: Scope,
  unitId: string,
  text: string | null | undefined,
  reason: string | null | undefined,
): Promise<{ creditCode: string | null; creditCodeReason: string | null }> {
  if (!text) return { creditCode: null, creditCodeReason: null };
  const check = checkCreditCode(text);
  if (check.state === 'wrongLength')
    throw invalid(
      'credit_code_length',
      {
        zh: `统一社会信用代码为 18 位，现为 ${check.length} 位`,
        en: `A unified social credit code has 18 characters; this one has ${check.length}`,
      },
      'creditCode',
    );
  if (check.state === 'wrongCharacter')
    throw invalid(
      'credit_code_character',
      {
        zh: `第 ${check.position} 位“${check.character}”不会出现在统一社会信用代码中（不用字母 I、O、S、V、Z），请核对`,
        en: `“${check.character}” at place ${check.position} never stands in a credit code (I, O, S, V and Z are not used): check it`,
      },
      'creditCode',
    );
  if (check.state === 'failsCheck' && !reason)
    throw invalid(
      'credit_code_check',
      {
        zh: `末位校验码应为“${check.expected}”${check.innerHolds ? '，主体标识码无误，可能是末位录错' : ''}。请核对；确与证照一致的，填写保留原因后可保存`,
        en: `The last character should be “${check.expected}”${check.innerHolds ? '; the inner code holds, so the last one may be mistyped' : ''}. Check it; if the certificate really says so, give the reason and save`,
      },
      'creditCodeReason',
      { expected: check.expected, innerHolds: check.innerHolds },
    );
  await checkCodeIsFree(scope, unitId, check.code);
  return { creditCode: check.code, creditCodeReason: check.state === 'failsCheck' ? (reason ?? null) : null };
}

async function checkCodeIsFree(scope: Scope, unitId: string, code: string): Promise<void> {
  const canRead = reachOf(scope, 'organization.read');
  const others = (await listUnitsWithCreditCode(scope, code)).filter(
    (other) => other.id !== unitId && other.successorId === null,
  );
  const other = others[0];
  if (!other) return;
  // Which unit bears a code is a detail: outside the caller's reach it stays unsaid.
  const name = canRead(other.id) ? { zh: `“${other.name}”`, en: other.name } : { zh: '其他单位', en: 'another unit' };
  throw conflict('credit_code_taken', {
    zh: `该代码已登记在${name.zh}名下；同一单位请用别名或合并，不要重复登记`,
    en: `${name.en} already bears this code: use an alias or a merger instead of a second entry`,
  });
}

export function checkStillValid(unit: UnitRow, day: Day, field: string): void {
  if (unit.validTo !== null && unit.validTo < day)
    throw invalid(
      'unit_ended',
      {
        zh: `“${unit.name}”已于 ${unit.validTo} 终止，请另选单位`,
        en: `${unit.name} ended on ${unit.validTo}: choose another unit`,
      },
      field,
    );
}
