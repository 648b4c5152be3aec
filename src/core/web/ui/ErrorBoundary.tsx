import { Component, type ReactNode } from 'react';
import { ProblemView } from './Problem.tsx';

/** Keeps one broken part from taking the page with it. `compact` is for a part of a page. */
export class ErrorBoundary extends Component<{ children: ReactNode; compact?: boolean }, { error: unknown }> {
  override state: { error: unknown } = { error: null };

  static getDerivedStateFromError(error: unknown) {
    return { error };
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
