export const Logo = () => (
  <svg viewBox="0 0 20 20" aria-hidden="true">
    <path d="M2 3h16v2H2z" fill="var(--accent)" />
    <path d="M4 7h12v10H4z" fill="none" stroke="var(--accent)" strokeWidth="1.6" />
    <path d="m6.5 13.5 2.4-2.6 2 1.6 2.9-3.4" fill="none" stroke="var(--accent)" strokeWidth="1.6" />
  </svg>
);
