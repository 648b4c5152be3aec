import { type ReactNode, useEffect } from 'react';
import { isRouteErrorResponse, Link, useRouteError } from 'react-router';
import { usePageTitle, useText } from '../text.ts';
import { ProblemView } from '../ui/Problem.tsx';
import * as text from './text.ts';

function Message({ title, hint, children }: { title: string; hint?: string; children?: ReactNode }) {
  usePageTitle(title);
  return (
    <div className="empty">
      <h1>{title}</h1>
      {hint && <p>{hint}</p>}
      {children}
    </div>
  );
}

export function NotFound() {
  const t = useText(text);
  return (
    <Message title={t.notFound} hint={t.notFoundHint}>
      <Link to="/">{t.home}</Link>
    </Message>
  );
}

export function Forbidden() {
  const t = useText(text);
  return (
    <Message title={t.forbidden} hint={t.forbiddenHint}>
      <Link to="/">{t.home}</Link>
    </Message>
  );
}

export const NothingHere = () => <Message title={useText(text).noModules} />;

export const Wait = () => <p className="page-wait">{useText(text).wait}</p>;

const reloadedKey = 'guatu.reloaded';

/** What a route shows when it failed. A missing file of an older release is cured by one reload, which we do ourselves. */
export function RouteError() {
  const error = useRouteError();
  const isOldRelease = error instanceof Error && /dynamically imported module|module script/i.test(error.message);
  useEffect(() => {
    if (!isOldRelease || sessionStorage.getItem(reloadedKey) === location.pathname) return;
    sessionStorage.setItem(reloadedKey, location.pathname);
    location.reload();
  }, [isOldRelease]);
  if (isRouteErrorResponse(error) && error.status === 404) return <NotFound />;
  return <ProblemView error={error} onRetry={() => location.reload()} />;
}
