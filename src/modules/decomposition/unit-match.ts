/** What is needed of the register of units. */
export interface KnownUnit {
  id: string;
  name: string;
}
export interface UnitRegister {
  /** Units of exactly that name, short name or alias. */
  find(text: string): readonly KnownUnit[];
  all: readonly KnownUnit[];
}

export interface UnitMatch {
  unitId: string | null;
  /** When the words fit several units: a person chooses. */
  candidates: string[];
}

/** Names that cannot be told from their letters alone: 市直 short forms as they are in use. */
const shortForms: Record<string, string> = {
  发改委: '发展和改革委员会',
  发改局: '发展和改革局',
  工信局: '工业和信息化局',
  自规局: '自然资源和规划局',
  资规局: '自然资源和规划局',
  自然资源局: '自然资源和规划局',
  住建局: '住房和城乡建设局',
  交通局: '交通运输局',
  人社局: '人力资源和社会保障局',
  卫健委: '卫生健康委员会',
  卫计委: '卫生健康委员会',
  国资委: '国有资产监督管理委员会',
  市监局: '市场监督管理局',
  市场监管局: '市场监督管理局',
  城管局: '城市管理和综合执法局',
  应急局: '应急管理局',
  文旅局: '文化旅游局',
  文旅广电局: '文化旅游广电局',
  生态局: '生态环境局',
  环保局: '生态环境局',
  教体局: '教育体育局',
  政府办: '人民政府办公室',
  交投集团: '交通建设投资集团有限公司',
  城投集团: '城市建设投资集团有限公司',
};

/** 岳阳市财政局 without its city; 市财政局 likewise. Counties keep their name: 华容县财政局 is another one. */
const bare = (name: string): string =>
  name
    .normalize('NFKC')
    .replace(/\s/g, '')
    .replace(/^\p{Script=Han}{2,4}?市(?=\p{Script=Han}{3})/u, '')
    .replace(/^市(?!场|政)/, '');

/** 发改委 within 发展和改革委员会: the letters in their order, the first one first, and the same kind of office at the end. */
function isShortFor(short: string, name: string): boolean {
  if (short.length < 3 || short[0] !== name[0]) return false;
  const last = short.at(-1)!;
  const ending = last === '委' ? /委(?:员会)?$/ : last === '办' ? /办(?:公室)?$/ : new RegExp(`${last}$`);
  if (!ending.test(name)) return false;
  let at = 0;
  for (const letter of short) {
    at = name.indexOf(letter, at) + 1;
    if (at === 0) return false;
  }
  return true;
}

/**
 * The unit that words of a document mean: by name, short name or alias; then by what such short forms stand for; then by their
 * letters (发改委). Only when exactly one fits: else nobody, and those that fit as candidates.
 */
export function matchUnit(text: string, register: UnitRegister): UnitMatch {
  const own = bare(text);
  const full = shortForms[own];
  const steps: (() => readonly KnownUnit[])[] = [
    () => register.find(text),
    () => register.find(own),
    () => register.all.filter((unit) => bare(unit.name) === own || (full !== undefined && bare(unit.name) === full)),
    () => register.all.filter((unit) => isShortFor(own, bare(unit.name))),
  ];
  for (const step of steps) {
    const ids = [...new Set(step().map((unit) => unit.id))];
    if (ids.length === 1) return { unitId: ids[0]!, candidates: [] };
    if (ids.length > 1) return { unitId: null, candidates: ids.slice(0, 10) };
  }
  return { unitId: null, candidates: [] };
}
