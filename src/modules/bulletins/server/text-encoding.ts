/**
 * Which of the encodings of Chinese a text file is in. UTF-8 says so by its form; GB18030 and Big5 are both valid for most
 * byte pairs, so the one wins whose text is made of the characters that texts are made of.
 */
export type TextEncoding = 'utf-8' | 'utf-16le' | 'utf-16be' | 'gb18030' | 'big5';

/** The most frequent characters, simplified and traditional: about half of any official text. */
const frequent = new Set(
  '的一是在不了有和人这这中大为上个国我以要他时来用们生到作地于出就分对成会可主发年动同工也能下过子说产种面而方后多定行学法所民得经十三之进着等部度家电力里如水化高自二理起小物现实加量都两体制机当使点从业本去把性好应开它合还因由其些然前外天政四日那社义事平形相全表间样与关各重新线内数正心反你明看原利比或但质气第向道命此变条只没结解问意建月公无系军很情者最立代想已通并提直题党程展五果料象员革位入常文总次品式活设及管特件长求老头基资边流路级少图山统接知较将组见计别手角期根论运农指几九区强放决西被干做必战先回则任取据处项目市县区省投资完成计划亿元百分点位单第推进工作責責任項為個國時來們對會發動過說產種後學經進著電裡現實體機當點業應開還義間樣與關線內數氣變條沒結問無軍並題黨員總設長頭資邊級圖統較將組見計論運農幾區強決處億單萬據縣場務實際'.split(
    '',
  ),
);
const sample = 200_000;

function familiarity(text: string): number {
  let [known, all] = [0, 0];
  for (const char of text) {
    const code = char.codePointAt(0)!;
    if (code < 0x80) continue;
    all += 1;
    // Characters for private use and boxes are what the wrong table gives.
    if (frequent.has(char) || /[，。、；：“”「」（）《》？！]/.test(char)) known += 1;
    else if ((code >= 0xe000 && code < 0xf900) || code === 0xfffd) known -= 1;
  }
  return all === 0 ? 0 : known / all;
}

const decoded = (bytes: Uint8Array, encoding: string): string | undefined => {
  try {
    return new TextDecoder(encoding, { fatal: true }).decode(bytes);
  } catch {
    return undefined;
  }
};

/** Encoding and text; undefined when it is none of them, as of a picture. The mark at the beginning is left out. */
export function decodeChinese(bytes: Uint8Array): { encoding: TextEncoding; text: string } | undefined {
  const [a, b] = bytes;
  if (a === 0xff && b === 0xfe) return { encoding: 'utf-16le', text: new TextDecoder('utf-16le').decode(bytes) };
  if (a === 0xfe && b === 0xff) return { encoding: 'utf-16be', text: new TextDecoder('utf-16be').decode(bytes) };
  // Text has no control characters beside tab, line ends and form feed.
  if (bytes.subarray(0, 65_536).some((byte) => byte < 9 || (byte > 13 && byte < 32 && byte !== 27))) return undefined;
  const utf8 = decoded(bytes, 'utf-8');
  if (utf8 !== undefined) return { encoding: 'utf-8', text: utf8 };
  const gb = decoded(bytes, 'gb18030');
  const big5 = decoded(bytes, 'big5');
  if (gb === undefined && big5 === undefined) return undefined;
  if (gb === undefined) return { encoding: 'big5', text: big5! };
  if (big5 === undefined) return { encoding: 'gb18030', text: gb };
  return familiarity(big5.slice(0, sample)) > familiarity(gb.slice(0, sample))
    ? { encoding: 'big5', text: big5 }
    : { encoding: 'gb18030', text: gb };
}
