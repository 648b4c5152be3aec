import type { Words } from '#core/shared/words.ts';
import type { ProjectFields } from './contract.ts';
import { industryDoubt } from './gb-industry.ts';
import { type KnownRegion, regionDoubt, regionShapeFault } from './gb-region.ts';
import { projectCodeWarning } from './project-code.ts';

export type CodedField = 'code' | 'industry' | 'regionCode';

export interface CodeFinding {
  field: CodedField;
  /** `refuse`: cannot be saved. `warn`: real codes look like this too, so the person decides. */
  severity: 'warn' | 'refuse';
  words: Words;
}

/**
 * The one place that judges the codes of a project, for the form, the server and the import: 项目代码 (GB/T 40058), 行业
 * (GB/T 4754) and 区划 (GB/T 2260). Only what has no shape of a region code is refused; the rest is told at its field.
 * 统一社会信用代码 belongs to the unit and is judged where units are kept.
 */
export function codeFindings(
  fields: Partial<Pick<ProjectFields, CodedField | 'name' | 'content'>>,
  regions: readonly KnownRegion[],
): CodeFinding[] {
  const found: CodeFinding[] = [];
  const add = (field: CodedField, severity: CodeFinding['severity'], words: Words | null) => {
    if (words) found.push({ field, severity, words });
  };
  const { code, industry, regionCode } = fields;
  if (code) add('code', 'warn', projectCodeWarning(code, regions));
  if (industry) add('industry', 'warn', industryDoubt(industry, `${fields.name ?? ''} ${fields.content ?? ''}`));
  if (regionCode) {
    add('regionCode', 'refuse', regionShapeFault(regionCode));
    add('regionCode', 'warn', regionDoubt(regionCode, regions));
  }
  return found;
}
