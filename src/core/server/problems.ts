import { z } from 'zod';
import type { Language, Words } from '../shared/words.ts';
import { isPassing } from './db.ts';
import { Problem } from './errors.ts';

/** The body of every answer that is not 2xx. */
export interface ProblemBody {
  code: string;
  /** In the caller's language. */
  message: string;
  words: Words;
  field?: string;
  details?: unknown;
  fields?: { path: string; words: Words }[];
  requestId: string;
}

const zh = z.locales.zhCN().localeError;
const en = z.locales.en().localeError;

/** Turns any error into what the caller may see. Only a Problem speaks for itself. */
export function problemOf(
  error: unknown,
  language: Language,
  requestId: string,
): { status: number; body: ProblemBody } {
  const of = (status: number, code: string, words: Words, rest: Partial<ProblemBody> = {}) => ({
    status,
    body: { code, message: words[language], words, ...rest, requestId },
  });
  if (error instanceof Problem)
    return of(error.status, error.code, error.words, {
      ...(error.field !== undefined && { field: error.field }),
      ...(error.details !== undefined && { details: error.details }),
    });
  if (error instanceof z.ZodError) {
    const fields = error.issues.map((issue) => ({
      path: issue.path.join('.'),
      words: { zh: textOf(zh, issue), en: textOf(en, issue) },
    }));
    const first = fields[0];
    const words = {
      zh: `填写有误${first?.path ? `（${first.path}）` : ''}：${first?.words.zh ?? ''}`,
      en: `Invalid input${first?.path ? ` (${first.path})` : ''}: ${first?.words.en ?? ''}`,
    };
    return of(400, 'invalid_input', words, { fields, ...(first?.path && { field: first.path }) });
  }
  // A text that PostgreSQL cannot take as a uuid, number or date names nothing that exists.
  if ((error as { code?: unknown }).code === '22P02')
    return of(404, 'not_found', { zh: '没有找到该内容', en: 'No such item' });
  if (isPassing(error))
    return of(503, 'busy', {
      zh: '数据库正忙或正在重启，请稍后重试，已填内容不会丢失',
      en: 'The database is busy or restarting: try again shortly, nothing is lost',
    });
  return of(500, 'internal', {
    zh: `系统出错，没有保存。请把编号 ${requestId} 告诉管理员`,
    en: `Something failed and nothing was saved. Give the administrator the number ${requestId}`,
  });
}

function textOf(localeError: typeof zh, issue: z.core.$ZodIssue): string {
  // A message of the schema itself (refine) stands; the library's own are said again in each language.
  if (issue.code === 'custom') return issue.message;
  const said = localeError(issue as never);
  return typeof said === 'string' ? said : (said?.message ?? issue.message);
}
