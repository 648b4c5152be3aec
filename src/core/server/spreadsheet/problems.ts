import { Problem } from '../errors.ts';

/** What can be wrong with an uploaded workbook, each with what the person who uploaded it should do now. */
export const emptyFile = () =>
  new Problem(422, 'empty_file', {
    zh: '文件是空的，请重新导出后再上传',
    en: 'The file is empty. Export it again and upload the new file',
  });

export const notSpreadsheet = (found?: string) =>
  new Problem(415, 'not_a_spreadsheet', {
    zh: `这不是 Excel 或 CSV 文件${found ? `（内容是 ${found}）` : ''}，请上传 .xlsx、.xls 或 .csv`,
    en: `This is not an Excel or CSV file${found ? ` (its content is ${found})` : ''}. Upload .xlsx, .xls or .csv`,
  });

export const passwordProtected = () =>
  new Problem(422, 'password_protected', {
    zh: '工作簿设有打开密码，请在 Excel 中取消密码、另存后再上传',
    en: 'The workbook needs a password to open. Remove the password in Excel, save, and upload again',
  });

export const zipBomb = () =>
  new Problem(413, 'zip_bomb', {
    zh: '文件解压后过大，超出允许范围，未读取。请删除多余工作表或格式，另存后再上传',
    en: 'The file unpacks to more than is allowed and was not read. Delete unused sheets or formatting, save, and upload again',
  });

export const fileTooLarge = (limit: number) =>
  new Problem(413, 'file_too_large', {
    zh: `文件超过 ${Math.floor(limit / 2 ** 20)} MB，请拆分后再上传`,
    en: `The file is larger than ${Math.floor(limit / 2 ** 20)} MB. Split it and upload the parts`,
  });

export const tooManyRows = (limit: number) =>
  new Problem(413, 'too_many_rows', {
    zh: `工作表超过 ${limit} 行，请拆分后再上传`,
    en: `The sheet has more than ${limit} rows. Split it and upload the parts`,
  });

export const tooManyColumns = (limit: number) =>
  new Problem(413, 'too_many_columns', {
    zh: `工作表超过 ${limit} 列，请删除多余的列后再上传`,
    en: `The sheet has more than ${limit} columns. Delete the unused ones and upload again`,
  });

export const brokenFile = () =>
  new Problem(422, 'broken_workbook', {
    zh: '文件已损坏或没有传完，无法读取。请在 Excel 中打开、另存后再上传',
    en: 'The file is damaged or incomplete. Open it in Excel, save it anew, and upload again',
  });

export const noMemory = () =>
  new Problem(413, 'workbook_needs_too_much_memory', {
    zh: '文件过大，内存不足，未读取。请拆分后再上传',
    en: 'The file needs more memory than is allowed and was not read. Split it and upload the parts',
  });
