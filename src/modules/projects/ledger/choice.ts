import type { PlanKind, Stage } from '../stages.ts';
import { plain } from './label.ts';

/** Words of closed lists as ledgers write them. */
const planKinds: readonly (readonly [RegExp, PlanKind])[] = [
  [/^(预备|预备类|前期|前期类|储备|谋划|前期预备|计划开展前期|开展前期)(项目|工程)?$/, 'reserve'],
  [/^(计划|拟)?(竣工|竣工投产|建成投产|投产|完工|竣工类|收尾)(项目|工程)?$/, 'finishing'],
  [/^(续建|结转|续建类|在建|续建结转)(项目|工程)?$/, 'carried'],
  [/^(计划|拟)?(新开工|新建|新开工类|新开|开工)(项目|工程)?$/, 'new'],
];

export const planKindOf = (text: string): PlanKind | undefined =>
  planKinds.find(([words]) => words.test(plain(text)))?.[1];

const stageWords: readonly (readonly [RegExp, Stage])[] = [
  [/储备|谋划/, 'reserve'],
  [/签约|履约/, 'signed'],
  [/前期|未开工|待开工|拟建|筹备/, 'preparation'],
  [/停工|停建|停缓建/, 'suspended'],
  [/缓建/, 'delayed'],
  [/退库/, 'withdrawn'],
  [/终止|取消|退出/, 'terminated'],
  [/达效|达产/, 'fullCapacity'],
  [/投产|投运|投用|运营/, 'producing'],
  [/竣工|完工|建成/, 'completed'],
  [/入统|纳统/, 'enrolled'],
  [/在建|续建|施工|建设中|正在/, 'building'],
  [/开工/, 'started'],
];

export const stageOf = (text: string): Stage | undefined => stageWords.find(([words]) => words.test(plain(text)))?.[1];

/** 省重点、市重大产业 …: words that say how high a project ranks. */
export const isTier = (text: string): boolean =>
  /^(国家?|省|市|县|区|本)(级|重点|重大|十大|百大|双百)|献礼|专项债|本级|双十|重点$/.test(plain(text));

export function flagOf(text: string): boolean | undefined {
  const word = plain(text);
  if (/^(是|已|有|√|✓|✔|☑|1|y|yes|true|已(入|纳)(统|库)|(入|纳)统|示例)$/i.test(word)) return true;
  if (/^(否|未|无|×|✗|✘|0|n|no|false|-|—|未(入|纳)(统|库)|不(入|纳)统|真实|实际)$/i.test(word)) return false;
  return undefined;
}

/** Several words in one cell: 省重点、市重大产业. */
export const listOf = (text: string): string[] => [
  ...new Set(
    text
      .split(/[、,，;；/\n|]+/)
      .map((part) => part.trim())
      .filter((part) => part !== '' && !/^[-—]+$/.test(part)),
  ),
];
