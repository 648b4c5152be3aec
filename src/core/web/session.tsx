import { useQuery, useQueryClient } from '@tanstack/react-query';
import { createContext, type ReactNode, useContext, useEffect } from 'react';
import { z } from 'zod';
import { checked, onSignedOut, ProblemError, SendContext } from './client.ts';
import { forgetCopies } from './offline/private-data.ts';
import { forgetSession, recallSession, rememberSession } from './offline/remembered-session.ts';

/** What `GET /api/identity/me` says about the visitor. Core reads it without knowing the module that answers. */
export const Session = z.object({
  account: z.object({
    id: z.string(),
    username: z.string(),
    name: z.string(),
    language: z.enum(['zh', 'en']).nullish(),
    mustChangePassword: z.boolean(),
  }),
  units: z.array(z.object({ id: z.string(), name: z.string() })),
  permissions: z.array(z.string()),
  city: z.object({ id: z.string(), name: z.string(), code: z.string(), demo: z.boolean() }),
  /** The civil day on the product's clock; never `new Date()` on a page. */
  today: z.iso.date(),
  /** True when a demonstration set the clock. */
  demoClock: z.boolean(),
});
export type Session = z.infer<typeof Session>;

/** The whole answer: without an account it is a visitor, and `setup` means that nobody has set this installation up. */
const Answer = Session.extend({
  account: Session.shape.account.nullable(),
  city: Session.shape.city.nullable(),
  setup: z.boolean().optional(),
});
export type Me = Session | { setup: true } | null;

export function meOf(answer: unknown): Me {
  const { account, city, setup, ...rest } = Answer.parse(answer);
  if (setup) return { setup: true };
  return account && city ? { account, city, ...rest } : null;
}

export const sessionKey = ['session'] as const;

/** Who is here: a session, nobody (null), or an installation without an administrator. Asked once, renewed on focus. */
export function useMe() {
  const send = useContext(SendContext);
  return useQuery({
    queryKey: sessionKey,
    queryFn: async ({ signal }): Promise<Me> => {
      try {
        const asked = send('/api/identity/me', { headers: { 'x-guatu': '1' }, signal });
        const answer = await asked.catch((error: unknown) => {
          if (signal.aborted) throw error;
          throw ProblemError.offline(error);
        });
        const response = await checked(answer);
        const me = meOf(await response.json());
        if (me && 'account' in me) {
          // Somebody else on this device: what it kept for the one before goes.
          if ((recallSession()?.account.id ?? me.account.id) !== me.account.id) await forgetCopies();
          rememberSession(me);
        } else await forgetHere();
        return me;
      } catch (error) {
        if (error instanceof ProblemError && error.status === 401) {
          await forgetHere();
          return null;
        }
        // Without a network, who was here last; the pages show what the device kept for that person.
        const kept = error instanceof ProblemError && error.status === 0 ? recallSession() : null;
        if (kept) return kept;
        throw error;
      }
    },
    staleTime: 60_000,
    // The day changes while a page stands open overnight.
    refetchInterval: 600_000,
  });
}

/** The server says that nobody is signed in: what was kept for reading goes; what was not sent stays for its account. */
async function forgetHere(): Promise<void> {
  if (!recallSession()) return;
  forgetSession();
  await forgetCopies();
}

const SessionContext = createContext<Session | null>(null);
export const SessionProvider = ({ session, children }: { session: Session; children: ReactNode }) => (
  <SessionContext value={session}>{children}</SessionContext>
);

/** The signed-in visitor. Pages under the shell always have one. */
export function useSession(): Session {
  const session = useContext(SessionContext);
  if (!session) throw new Error('This page is drawn outside the shell: useSession needs a signed-in visitor');
  return session;
}
export const useMaybeSession = (): Session | null => useContext(SessionContext);

/** Whether the visitor holds a permission anywhere. What may be done to one thing comes from its `allowed`. */
export function useCan(): (permission: string) => boolean {
  const session = useContext(SessionContext);
  return (permission) =>
    permission === 'anyone' || (!!session && (permission === 'signedIn' || session.permissions.includes(permission)));
}

/** Draws its children only for those who hold the permission. */
export function Allowed({
  permission,
  children,
  otherwise = null,
}: {
  permission: string;
  children: ReactNode;
  otherwise?: ReactNode;
}) {
  return useCan()(permission) ? children : otherwise;
}

/** After signing in, out or changing posts: forget everything read as somebody else and ask again who is here. */
export function useRenewSession(): () => Promise<void> {
  const cache = useQueryClient();
  return async () => {
    cache.removeQueries({ predicate: (query) => query.queryKey[0] !== sessionKey[0] });
    await cache.refetchQueries({ queryKey: sessionKey });
  };
}

/** When any call is answered "nobody is signed in", the shell must notice at once. */
export function useSignOutWatch(): void {
  const cache = useQueryClient();
  useEffect(() => onSignedOut(() => cache.setQueryData(sessionKey, null)), [cache]);
}
