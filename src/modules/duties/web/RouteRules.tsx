import { Button, Input, Select } from 'antd';
import { useState } from 'react';
import { useText, useWords } from '#core/web/text.ts';
import { ScrollX } from '#core/web/ui/ScrollX.tsx';
import { levels, levelWords, type Route, routePosts, routeUnits } from '../incident-rules.ts';
import * as text from './incident-text.ts';

type Recipient = Route['to'][number];
const keyOf = ({ unit, post }: Recipient) => `${unit}.${post}`;
/** Leaders of the headquarters are the city's, wherever the incident is. */
const choices: Recipient[] = routeUnits.flatMap((unit) =>
  routePosts.filter((post) => post !== 'commanders' || unit === 'office').map((post) => ({ unit, post })),
);

/** Who is told at each level, on the platform and outside it. With `onChange` recipients are added and ended. */
export function RouteRules({ routes, onChange }: { routes: readonly Route[]; onChange?: (next: Route[]) => void }) {
  const t = useText(text);
  const words = useWords();
  const nameOf = ({ unit, post }: Recipient) =>
    post === 'commanders' ? t.routePosts.commanders : `${t.routeUnits[unit]} ${t.routePosts[post]}`;
  return (
    <section className="card">
      <h2>{t.routes}</h2>
      <ScrollX label={t.routes}>
        <table className="plain incident-routes">
          <thead>
            <tr>
              <th>{t.rHead.levels}</th>
              <th>{t.onPlatform}</th>
              <th>{t.routeOutside}</th>
            </tr>
          </thead>
          <tbody>
            {levels.map((level) => {
              const route = routes.find((one) => one.level === level) ?? { level, to: [], outside: [] };
              const put = (change: Partial<Route>) =>
                onChange?.(
                  levels.map((one) => ({
                    ...(routes.find((r) => r.level === one) ?? { level: one, to: [], outside: [] }),
                    ...(one === level && change),
                  })),
                );
              return (
                <tr key={level}>
                  <th scope="row">{words(levelWords[level])}</th>
                  <td>
                    <Names
                      names={route.to.map((one) => [keyOf(one), nameOf(one)])}
                      level={words(levelWords[level])}
                      {...(onChange && {
                        onEnd: (key: string) => put({ to: route.to.filter((one) => keyOf(one) !== key) }),
                      })}
                    />
                    {onChange && route.to.length < 10 && (
                      <Select
                        size="small"
                        value={null}
                        placeholder={t.addRecipient}
                        aria-label={`${words(levelWords[level])} ${t.addRecipient}`}
                        options={choices
                          .filter((one) => !route.to.some((known) => keyOf(known) === keyOf(one)))
                          .map((one) => ({ value: keyOf(one), label: nameOf(one) }))}
                        onChange={(key: string | null) => {
                          const one = choices.find((choice) => keyOf(choice) === key);
                          if (one) put({ to: [...route.to, one] });
                        }}
                      />
                    )}
                  </td>
                  <td>
                    <Names
                      names={route.outside.map((name) => [name, name])}
                      level={words(levelWords[level])}
                      {...(onChange && {
                        onEnd: (name: string) => put({ outside: route.outside.filter((one) => one !== name) }),
                      })}
                    />
                    {onChange && route.outside.length < 10 && (
                      <NewBody
                        label={`${words(levelWords[level])} ${t.addOutside}`}
                        onAdd={(name) => !route.outside.includes(name) && put({ outside: [...route.outside, name] })}
                      />
                    )}
                  </td>
                </tr>
              );
            })}
          </tbody>
        </table>
      </ScrollX>
    </section>
  );
}

function Names({
  names,
  level,
  onEnd,
}: {
  names: readonly (readonly [key: string, name: string])[];
  level: string;
  onEnd?: (key: string) => void;
}) {
  const t = useText(text);
  if (!onEnd) return names.map(([, name]) => name).join(t.sep) || t.routeNone;
  return (
    <ul className="incident-names">
      {names.map(([key, name]) => (
        <li key={key}>
          {name}
          <Button size="small" type="text" aria-label={`${level} ${name} ${t.endRule}`} onClick={() => onEnd(key)}>
            ✕
          </Button>
        </li>
      ))}
    </ul>
  );
}

function NewBody({ label, onAdd }: { label: string; onAdd: (name: string) => void }) {
  const t = useText(text);
  const [name, setName] = useState('');
  const add = () => {
    if (name.trim().length < 2) return;
    onAdd(name.trim());
    setName('');
  };
  return (
    <span className="incident-new">
      <Input
        size="small"
        aria-label={label}
        placeholder={t.addOutside}
        maxLength={60}
        value={name}
        onChange={(e) => setName(e.target.value)}
        onPressEnter={add}
      />
      <Button size="small" disabled={name.trim().length < 2} aria-label={`${label} ${t.add}`} onClick={add}>
        {t.add}
      </Button>
    </span>
  );
}
