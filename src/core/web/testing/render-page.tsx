import { QueryClient, QueryClientProvider } from '@tanstack/react-query';
import { type RenderResult, render } from '@testing-library/react';
import type { ReactNode } from 'react';
import { createMemoryRouter, type RouteObject, RouterProvider } from 'react-router';
import { type Send, SendContext } from '../client.ts';
import type { WebModule } from '../module.ts';
import { ModulesContext } from '../modules.ts';
import { type Session, SessionProvider } from '../session.tsx';
import { Look } from '../shell/Look.tsx';

/** A signed-in clerk on the demonstration's day. */
export const testSession: Session = {
  account: { id: 'account-1', username: 'liumin', name: '刘敏', language: null, mustChangePassword: false },
  units: [{ id: 'unit-1', name: '市重点办' }],
  permissions: [],
  city: { id: 'city-1', name: '岳阳市', code: '430600', demo: true },
  today: '2021-09-26',
  demoClock: true,
};

/** Answers by path: `/api/projects` → a value (sent as JSON) or a function of the request. Unknown paths answer 404. */
export const answersFrom =
  (answers: Record<string, unknown | ((url: URL, init: RequestInit) => unknown)>): Send =>
  async (address, init = {}) => {
    const url = new URL(address, 'http://localhost');
    if (!(url.pathname in answers)) {
      const words = { zh: `没有 ${url.pathname}`, en: `No ${url.pathname}` };
      return Response.json({ code: 'not_found', words, requestId: 'test' }, { status: 404 });
    }
    const answer = answers[url.pathname];
    const value: unknown = typeof answer === 'function' ? await answer(url, init) : answer;
    return value instanceof Response ? value : Response.json(value);
  };

export interface PageSetting {
  send?: Send;
  /** What the visitor may do; short for `session: { ...testSession, permissions }`. */
  permissions?: string[];
  session?: Session;
  /** The address, and the pattern that gives the page its parameters: `/projects/:id`. */
  at?: string;
  path?: string;
  modules?: readonly WebModule[];
}

/** Draws one page as the shell would, without the shell: theme, language, cache, session, router and a stand-in for fetch. */
export function renderPage(page: ReactNode, setting: PageSetting = {}): RenderResult {
  const { send = answersFrom({}), at = '/', path = '*', modules = [] } = setting;
  const session = setting.session ?? { ...testSession, permissions: setting.permissions ?? [] };
  const element = <SessionProvider session={session}>{page}</SessionProvider>;
  return renderRoutes([{ path, element }, ...(path === '*' ? [] : [{ path: '*', element: null }])], {
    send,
    at,
    modules,
  });
}

export function renderRoutes(
  routes: RouteObject[],
  setting: Pick<PageSetting, 'send' | 'at' | 'modules'>,
): RenderResult {
  const { send = answersFrom({}), at = '/', modules = [] } = setting;
  const cache = new QueryClient({ defaultOptions: { queries: { retry: false, gcTime: Number.POSITIVE_INFINITY } } });
  return render(
    <Look>
      <SendContext value={send}>
        <QueryClientProvider client={cache}>
          <ModulesContext value={modules}>
            <RouterProvider router={createMemoryRouter(routes, { initialEntries: [at] })} />
          </ModulesContext>
        </QueryClientProvider>
      </SendContext>
    </Look>,
  );
}
