import { Button } from 'antd';
import { isStalePage, ProblemError } from '../client.ts';
import { currentLanguage, useLanguage, useText } from '../text.ts';
import * as text from './text.ts';

/** Says what went wrong and what to do about it. `compact` is one line for a part of a page or a form. */
export function ProblemView({
  error,
  onRetry,
  compact = false,
}: {
  error: unknown;
  onRetry?: () => void;
  compact?: boolean;
}) {
  const t = useText(text);
  const language = useLanguage();
  const problem = error instanceof ProblemError ? error : undefined;
  const stale = isStalePage(error);
  const sentence = problem ? problem.words[language] : stale ? t.problem.stale : t.problem.unexpected;
  return (
    <div className={compact ? 'problem compact' : 'problem'} role="alert">
      {!compact && <h1>{t.problem.title}</h1>}
      <p>{sentence}</p>
      {!problem && !stale && <pre>{error instanceof Error ? error.message : String(error)}</pre>}
      {problem?.requestId && <small>{t.problem.requestId(problem.requestId)}</small>}
      {stale ? (
        <Button size="small" onClick={() => location.reload()}>
          {t.problem.reload}
        </Button>
      ) : (
        onRetry && (
          <Button size="small" onClick={onRetry}>
            {t.problem.retry}
          </Button>
        )
      )}
    </div>
  );
}

/** A sentence in the page's language for a message or a form field. */
export function sentenceOf(error: unknown): string {
  if (error instanceof ProblemError) return error.message;
  return error instanceof Error ? error.message : String(error);
}

/** What the server says about one field of a form, for the line under it. A path is written `plan.amount` or `rows.3.day`. */
export function fieldSentence(error: unknown, field: string): string | undefined {
  if (!(error instanceof ProblemError)) return undefined;
  const named = error.fields.find((one) => one.path === field);
  return named ? named.words[currentLanguage()] : error.field === field ? error.message : undefined;
}
