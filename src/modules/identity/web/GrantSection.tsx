import { useMutation } from '@tanstack/react-query';
import { Button } from 'antd';
import { useClient } from '#core/web/client.ts';
import { useText, useWords } from '#core/web/text.ts';
import { useConfirm } from '#core/web/ui/Confirm.tsx';
import { ProblemView } from '#core/web/ui/Problem.tsx';
import { identity } from '../contract.ts';
import type { Account, Grant } from '../shapes.ts';
import { useRefreshIdentity } from './queries.ts';
import * as text from './text.ts';

/** Every role the account was ever given, with how far and how long; those in force first. */
export function GrantSection({ account }: { account: Account }) {
  const t = useText(text).one;
  const words = useWords();
  const api = useClient(identity);
  const confirm = useConfirm();
  const refresh = useRefreshIdentity();
  const end = useMutation({ mutationFn: (id: string) => api.endGrant({ id }), onSettled: refresh });
  const grants = account.grants.toSorted((a, b) => Number(b.isInForce) - Number(a.isInForce));
  const ask = async (grant: Grant) => {
    if (await confirm({ title: t.end, body: t.endAsk(words(grant.roleWords)), danger: true })) end.mutate(grant.id);
  };
  return (
    <section className="card">
      <h2>{t.grants}</h2>
      {end.error && <ProblemView compact error={end.error} />}
      {grants.length === 0 && <p className="muted">{t.noGrants}</p>}
      {grants.length > 0 && (
        <table className="plain">
          <thead>
            <tr>
              <th scope="col">{t.grantColumns.role}</th>
              <th scope="col">{t.grantColumns.to}</th>
              <th scope="col">{t.grantColumns.reach}</th>
              <th scope="col">{t.grantColumns.days}</th>
              <th scope="col">
                <span className="only-aloud">{t.end}</span>
              </th>
            </tr>
          </thead>
          <tbody>
            {grants.map((grant) => (
              <tr key={grant.id} className={grant.isInForce ? undefined : 'muted'}>
                <td>{words(grant.roleWords)}</td>
                <td>{grant.post ? `${grant.post.unitName} ${grant.post.title}` : t.toAccount}</td>
                <td>
                  <ReachWords grant={grant} />
                </td>
                <td className="nowrap">
                  {grant.validTo ? t.fromTo(grant.validFrom, grant.validTo) : t.untilOpen(grant.validFrom)}{' '}
                  {!grant.isInForce && <span className="tag">{t.notInForce}</span>}
                </td>
                <td>
                  {grant.isInForce && account.allowed.includes('grant') && (
                    <Button size="small" loading={end.isPending} onClick={() => void ask(grant)}>
                      {t.end}
                    </Button>
                  )}
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
    </section>
  );
}

function ReachWords({ grant }: { grant: Grant }) {
  const t = useText(text).one;
  if (grant.reach === 'city') return t.reach.city;
  if (grant.reach === 'projects') return t.reachProjects(grant.projectIds.length);
  return t.reachUnit(grant.unit?.name ?? grant.post?.unitName ?? '');
}
