import { Problem } from '#core/server/errors.ts';

/** What can be wrong with a PDF beyond what any document can have wrong, each with what to do now. */
export const tooManyPages = (pages: number, limit: number) =>
  new Problem(413, 'document_too_many_pages', {
    zh: `PDF 有 ${pages} 页，超过 ${limit} 页，未读取。请只导出需要审读的页后再上传`,
    en: `The PDF has ${pages} pages, more than ${limit}, and was not read. Export the pages that matter and upload those`,
  });

export const tooSlow = (seconds: number) =>
  new Problem(422, 'document_too_slow', {
    zh: `文件在 ${seconds} 秒内没有读完，已停止。请只留需要审读的部分，另存后再上传，或直接粘贴文字`,
    en: `The file was not read within ${seconds} seconds, and reading was stopped. Keep only the part that matters, save and upload it, or paste the text`,
  });

export const noTextLayer = () =>
  new Problem(422, 'document_empty', {
    zh: 'PDF 里没有文字层，可能是扫描件。请先识别成文字，再粘贴或上传',
    en: 'The PDF has no text layer; it may be a scan. Recognise its text first, then paste or upload it',
  });

export const textTooLong = (limit: number) =>
  new Problem(413, 'text_too_long', {
    zh: `文字超过 ${Math.floor(limit / 10_000)} 万字，请按篇拆分后再审读`,
    en: `The text is longer than ${limit} characters. Split it into documents and read them one by one`,
  });

export const textTooSlow = (seconds: number) =>
  new Problem(422, 'text_too_slow', {
    zh: `文字在 ${seconds} 秒内没有审读完，已停止。请按篇拆分后再审读`,
    en: `The text was not read within ${seconds} seconds, and reading was stopped. Split it into documents and read them one by one`,
  });

export const textOutOfMemory = () =>
  new Problem(413, 'text_out_of_memory', {
    zh: '文字过长，超出了审读可用的内存，已停止。请按篇拆分后再审读',
    en: 'The text needs more memory than reading may take, and reading was stopped. Split it into documents and read them one by one',
  });

export const readerBusy = () =>
  new Problem(503, 'reader_busy', {
    zh: '正在审读的长文件较多，请过一分钟再试',
    en: 'Several long documents are being read. Try again in a minute',
  });
