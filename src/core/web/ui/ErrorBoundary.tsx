import { Component, type ReactNode } from 'react';
import { ProblemView } from './Problem.tsx';

/**
 * Keeps one broken part from taking the page with it. `compact` is for a part of a page. A new `resetKey` tries again,
 * without remounting what works.
 */
export class ErrorBoundary extends Component<
  { children: ReactNode; compact?: boolean; resetKey?: string },
  { error: unknown }
> {
  override state: { error: unknown } = { error: null };

  static getDerivedStateFromError(error: unknown) {
    return { error };
  }

  override componentDidUpdate(before: { resetKey?: string }) {
    if (this.state.error !== null && before.resetKey !== this.props.resetKey) this.setState({ error: null });
  }

  override render() {
    if (this.state.error === null) return this.props.children;
    return (
      <ProblemView
        error={this.state.error}
        compact={this.props.compact ?? false}
        onRetry={() => this.setState({ error: null })}
      />
    );
  }
}
