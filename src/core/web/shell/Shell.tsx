import { Suspense, useEffect, useRef, useState } from 'react';
import { Navigate, Outlet, useLocation, useMatches, useNavigation } from 'react-router';
import { isLanguageChosen } from '../language.ts';
import type { PageHandle } from '../module.ts';
import { SessionProvider, useCan, useMe, useSignOutWatch } from '../session.tsx';
import { useShortcut } from '../shortcuts.ts';
import { chooseLanguage, usePageTitle, useText, useWords } from '../text.ts';
import { ErrorBoundary } from '../ui/ErrorBoundary.tsx';
import { ProblemView } from '../ui/Problem.tsx';
import { Header } from './Header.tsx';
import { KeyboardHelp } from './KeyboardHelp.tsx';
import { LostLine } from './LostLine.tsx';
import { Forbidden, Wait } from './Messages.tsx';
import { Nav } from './Nav.tsx';
import { NewRelease } from './NewRelease.tsx';
import { paths, signInFrom } from './paths.ts';
import * as text from './text.ts';

/** Who is here decides what is drawn: first run, sign-in, a forced change of password, or the pages. */
export function Shell() {
  const me = useMe();
  const location = useLocation();
  useSignOutWatch();
  const own = me.data && 'account' in me.data ? me.data.account.language : undefined;
  useEffect(() => {
    if (own && !isLanguageChosen()) chooseLanguage(own);
  }, [own]);
  if (me.isPending) return <Wait />;
  if (me.data === undefined) return <ProblemView error={me.error} onRetry={() => void me.refetch()} />;
  if (me.data === null) return <Navigate to={signInFrom(location.pathname + location.search)} replace />;
  if ('setup' in me.data) return <Navigate to={paths.setup} replace />;
  if (me.data.account.mustChangePassword && location.pathname !== paths.password)
    return <Navigate to={paths.password} replace />;
  return (
    <SessionProvider session={me.data}>
      <Frame />
    </SessionProvider>
  );
}

function Frame() {
  const t = useText(text);
  const main = useRef<HTMLElement>(null);
  const { pathname } = useLocation();
  const { state } = useNavigation();
  const [isHelp, setHelp] = useState(false);
  useShortcut('?', t.keys.help, () => setHelp(true));

  // biome-ignore lint/correctness/useExhaustiveDependencies: a new page starts at its top
  useEffect(() => {
    main.current?.scrollTo?.(0, 0);
  }, [pathname]);

  return (
    <div className="shell">
      <a className="skip" href="#main">
        {t.skip}
      </a>
      <LostLine />
      <NewRelease />
      <Header onHelp={() => setHelp(true)} />
      <Nav />
      <main className="main" id="main" ref={main} tabIndex={-1} aria-busy={state === 'loading'}>
        <ErrorBoundary resetKey={pathname}>
          <Page />
        </ErrorBoundary>
      </main>
      <KeyboardHelp isOpen={isHelp} onClose={() => setHelp(false)} />
    </div>
  );
}

function Page() {
  const can = useCan();
  const matches = useMatches();
  const handle: PageHandle = Object.assign({}, ...matches.map((match) => match.handle));
  const isAllowed = !handle.permission || can(handle.permission);
  return (
    <>
      <RouteTitle title={handle.title} />
      <Suspense fallback={<Wait />}>{isAllowed ? <Outlet /> : <Forbidden />}</Suspense>
    </>
  );
}

/** Stands before the page, so that a better title which the page sets in the same moment wins. */
function RouteTitle({ title }: { title: PageHandle['title'] }) {
  const words = useWords();
  usePageTitle(title && words(title));
  return null;
}
