import { QueryClient, QueryClientProvider } from '@tanstack/react-query';
import { useState } from 'react';
import { createBrowserRouter, Navigate, Outlet, type RouteObject } from 'react-router';
import { RouterProvider } from 'react-router/dom';
import { ProblemError } from '../client.ts';
import type { WebModule } from '../module.ts';
import { ModulesContext } from '../modules.ts';
import { giveNonceToStyles, nonceOf } from './csp.ts';
import { Look } from './Look.tsx';
import { NotFound, NothingHere, RouteError, Wait } from './Messages.tsx';
import { useNavItems } from './Nav.tsx';
import { Shell } from './Shell.tsx';

const nonce = nonceOf(document);
if (nonce) giveNonceToStyles(document, nonce);

/** The staff pages: routes of all modules in one shell, with one theme, one language and one cache. */
export function App({ modules }: { modules: readonly WebModule[] }) {
  const [router] = useState(() => createBrowserRouter(routesOf(modules)));
  const [cache] = useState(newCache);
  return (
    <Look nonce={nonce}>
      <QueryClientProvider client={cache}>
        <ModulesContext value={modules}>
          <RouterProvider router={router} />
        </ModulesContext>
      </QueryClientProvider>
    </Look>
  );
}

export function routesOf(modules: readonly WebModule[]): RouteObject[] {
  const routes = modules.flatMap((module) => [...module.routes]);
  const isBare = (route: RouteObject) => route.handle?.bare === true;
  return [
    {
      element: <Outlet />,
      errorElement: <RouteError />,
      hydrateFallbackElement: <Wait />,
      children: [
        ...routes.filter(isBare),
        {
          element: <Shell />,
          children: [
            { index: true, element: <Home /> },
            ...routes.filter((route) => !isBare(route)).map((route) => ({ errorElement: <RouteError />, ...route })),
            { path: '*', element: <NotFound /> },
          ],
        },
      ],
    },
  ];
}

/** The start page is the first place the person may open. */
function Home() {
  const [first] = useNavItems().filter((item) => !item.external);
  return first ? <Navigate to={first.path} replace /> : <NothingHere />;
}

export const newCache = (): QueryClient =>
  new QueryClient({
    defaultOptions: {
      queries: {
        staleTime: 10_000,
        // Asked even without a network: pages that keep copies answer from the device, the others say what is wrong.
        networkMode: 'always',
        refetchOnReconnect: true,
        // A refusal stays a refusal; only a lost line or a restarting server is worth asking again.
        retry: (failures, error) =>
          failures < 2 &&
          navigator.onLine &&
          error instanceof ProblemError &&
          (error.status === 0 || error.status >= 502),
      },
      mutations: { networkMode: 'always' },
    },
  });
