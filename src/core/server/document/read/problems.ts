import { Problem } from '../../errors.ts';

/** What can be wrong with an uploaded document, each with what the person who uploaded it should do now. */
export const emptyDocument = () =>
  new Problem(422, 'document_empty', {
    zh: '文件里没有文字。扫描件或图片请先识别成文字，再粘贴或上传',
    en: 'There is no text in the file. Recognise the text of a scan or picture first, then paste or upload it',
  });

export const documentTooLarge = (limit: number) =>
  new Problem(413, 'document_too_large', {
    zh: `文件超过 ${Math.floor(limit / 2 ** 20)} MB，请删去图片或拆分后再上传`,
    en: `The file is larger than ${Math.floor(limit / 2 ** 20)} MB. Remove pictures or split it, and upload again`,
  });

export const documentLocked = () =>
  new Problem(422, 'document_locked', {
    zh: '文件设有打开密码，请取消密码、另存后再上传',
    en: 'The file needs a password to open. Remove the password, save, and upload again',
  });

export const documentBroken = () =>
  new Problem(422, 'document_broken', {
    zh: '文件已损坏或没有传完，无法读取。请在 Word 或 WPS 中打开、另存后再上传',
    en: 'The file is damaged or incomplete. Open it in Word or WPS, save it anew, and upload again',
  });

export const documentBomb = () =>
  new Problem(413, 'document_unpacks_too_large', {
    zh: '文件解压后过大，超出允许范围，未读取。请只留需要的内容，另存后再上传',
    en: 'The file unpacks to more than is allowed and was not read. Keep only what is needed, save, and upload again',
  });

/** Read by content, never by the name: a picture named .docx is a picture. */
export const notDocument = (found?: string) =>
  new Problem(415, 'not_a_document', {
    zh: `这不是 Word、Excel 或文本文件${found ? `（内容是 ${found}）` : ''}，改名不改变内容。请上传 .docx、.xlsx、.txt，或直接粘贴文字`,
    en: `This is not a Word, Excel or text file${found ? ` (its content is ${found})` : ''}, whatever its name says. Upload .docx, .xlsx or .txt, or paste the text`,
  });

export const oldWord = () =>
  new Problem(415, 'old_word_file', {
    zh: '这是旧版 Word 文件（.doc），请在 Word 或 WPS 中另存为 .docx 后再上传',
    en: 'This is a file of old Word (.doc). Save it as .docx in Word or WPS, and upload that',
  });

export const unreadableText = () =>
  new Problem(422, 'text_encoding_unknown', {
    zh: '认不出文本的编码。请另存为 UTF-8 或 GB18030（ANSI）编码，或直接粘贴文字',
    en: 'The encoding of the text is not recognised. Save it as UTF-8 or GB18030 (ANSI), or paste the text',
  });
