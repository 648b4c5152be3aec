import { type FocusEvent, type KeyboardEvent, useDeferredValue, useEffect, useRef, useState } from 'react';
import { Link, useLocation, useNavigate } from 'react-router';
import { Slot, useSlot } from '../Slot.tsx';
import { useShortcut } from '../shortcuts.ts';
import { useText } from '../text.ts';
import * as text from './text.ts';

/** The search over everything. Modules draw their hits into 'shell.search'; Enter without one opens the project list. */
export function Search() {
  const t = useText(text);
  const navigate = useNavigate();
  const location = useLocation();
  const box = useRef<HTMLElement>(null);
  const input = useRef<HTMLInputElement>(null);
  const [query, setQuery] = useState('');
  const [isOpen, setOpen] = useState(false);
  const asked = useDeferredValue(useDelayed(query.trim(), 200));
  const hasProviders = useSlot('shell.search').length > 0;
  const everything = `/projects?q=${encodeURIComponent(query.trim())}`;
  useShortcut('/', t.keys.search, () => {
    input.current?.focus();
    input.current?.select();
  });

  // biome-ignore lint/correctness/useExhaustiveDependencies: a new page closes the panel, whichever way it came
  useEffect(() => setOpen(false), [location.key]);

  const links = () => [...(box.current?.querySelectorAll<HTMLAnchorElement>('.search-panel a') ?? [])];
  const onKeyDown = (event: KeyboardEvent) => {
    const all = links();
    const at = all.indexOf(document.activeElement as HTMLAnchorElement);
    if (event.key === 'Escape') {
      setOpen(false);
      input.current?.blur();
    } else if (event.key === 'ArrowDown') all[Math.min(at + 1, all.length - 1)]?.focus();
    else if (event.key === 'ArrowUp') (at <= 0 ? input.current : all[at - 1])?.focus();
    else return;
    event.preventDefault();
  };
  const onBlur = (event: FocusEvent) => {
    if (!box.current?.contains(event.relatedTarget)) setOpen(false);
  };

  return (
    <search className="search" ref={box} onKeyDown={onKeyDown} onBlur={onBlur}>
      <form
        className="search-box"
        onSubmit={(event) => {
          event.preventDefault();
          if (query.trim() === '') return;
          setOpen(false);
          void navigate(everything);
        }}
      >
        <svg viewBox="0 0 14 14" aria-hidden="true">
          <circle cx="6" cy="6" r="4.4" fill="none" stroke="currentColor" strokeWidth="1.4" />
          <path d="m9.4 9.4 3.4 3.4" stroke="currentColor" strokeWidth="1.4" />
        </svg>
        <input
          ref={input}
          type="search"
          aria-label={t.searchLabel}
          placeholder={t.search}
          value={query}
          autoComplete="off"
          onFocus={() => setOpen(true)}
          onChange={(event) => {
            setQuery(event.target.value);
            setOpen(true);
          }}
        />
        <kbd>/</kbd>
      </form>
      {isOpen && asked !== '' && hasProviders && (
        <div className="search-panel">
          <Slot name="shell.search" props={{ query: asked }} />
          <Link to={everything} className="soft">
            {t.searchAll(query.trim())}
          </Link>
        </div>
      )}
    </search>
  );
}

function useDelayed<T>(value: T, ms: number): T {
  const [late, setLate] = useState(value);
  useEffect(() => {
    const timer = setTimeout(() => setLate(value), ms);
    return () => clearTimeout(timer);
  }, [value, ms]);
  return late;
}
