import { audited } from '#core/server/audit.ts';
import { conflict, invalid } from '#core/server/errors.ts';
import type { Scope } from '#core/server/scope.ts';
import type { ParsedOf } from '#core/shared/contract.ts';
import type { cycleEndpoints, FormPage } from '../cycle-contract.ts';
import { dueRules } from '../default-forms.ts';
import { type Form, fieldsFor, isExpired } from '../form.ts';
import { kindOf } from '../period.ts';
import { insertForm, keepForm, listForms } from './form-store.ts';

export async function presentForms(scope: Scope): Promise<FormPage> {
  const forms = await listForms(scope);
  return {
    forms: [...forms].map(([kind, versions]) => ({
      kind,
      versions: versions.map((v) => ({ ...v, at: v.at?.toISOString() ?? null })),
      isExpired: isExpired(versions[0]!, scope.today),
    })),
    dueRules: [...dueRules],
    allowed: scope.can('filings.open') ? ['change'] : [],
  };
}

/** What the shape alone cannot say: money stays with the month, and what is combined is of one kind and year. */
function mustHoldTogether(form: Form): void {
  const asked = fieldsFor(form.kind);
  const money = form.fields.find((field) => !asked.includes(field));
  if (money)
    throw invalid(
      'money_by_month',
      {
        zh: '投资只在月报中填报，其他表不得重复要数',
        en: 'Investment is filed by the month alone; no other form may ask for it',
      },
      'fields',
    );
  if (form.kind === 'monthly' && !(form.fields.includes('monthYuan') && form.fields.includes('cumulativeYuan')))
    throw invalid(
      'month_without_money',
      { zh: '月报必须填本月完成和本年累计', en: 'The monthly form asks for the month and the cumulative' },
      'fields',
    );
  if (form.validUntil !== null && form.validUntil < form.validFrom)
    throw invalid('ends_before_start', { zh: '有效期止早于有效期起', en: 'It ends before it begins' }, 'validUntil');
  const parts = form.special.map((s) => s.on);
  const wrong = form.special.find(
    (s) =>
      kindOf(`2021-${s.on}`) !== form.kind ||
      s.covers.some((part) => kindOf(`2021-${part}`) !== form.kind || part > s.on) ||
      (s.covers.length > 0 && !s.covers.includes(s.on)) ||
      (s.exempt !== null && s.covers.length > 0),
  );
  if (wrong || new Set(parts).size < parts.length)
    throw invalid(
      'special_period',
      {
        zh: '特殊报告期应与本表同一周期，各写一次；合并期包含自身和它之前的期次，免报期不能再合并',
        en: 'A special period is of the form’s own kind, each once; it covers itself and earlier ones, or is exempt',
      },
      'special',
    );
}

/** A new version; the ones before stay, and cycles keep the version they were opened with. */
export async function saveForm(
  scope: Scope,
  { basedOn, reason, ...given }: ParsedOf<(typeof cycleEndpoints)['saveForm']>,
): Promise<FormPage> {
  const versions = (await listForms(scope)).get(given.kind)!;
  const [newest] = versions;
  const form: Form = { ...given, version: newest!.version + 1 };
  mustHoldTogether(form);
  await keepForm(scope, newest!);
  if (newest!.version !== basedOn || !(await insertForm(scope, form, reason)))
    throw conflict('changed_meanwhile', {
      zh: '这张表刚刚有了新版本，请刷新后再改',
      en: 'This form has a newer version by now: reload, then change that one',
    });
  audited(scope, { subject: 'filings.form', id: form.kind, before: newest, after: form });
  return presentForms(scope);
}
