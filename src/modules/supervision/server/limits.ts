import { Problem } from '#core/server/errors.ts';
import type { Scope } from '#core/server/scope.ts';
import type { Day } from '#core/shared/day.ts';
import { limitsOf, listTemplates, templateVersions } from '#modules/ledger/server/public.ts';
import type { Example } from '../shapes.ts';

type Limits = Awaited<ReturnType<typeof limitsOf>>;
type Template = Awaited<ReturnType<typeof listTemplates>>[number];

/** A matter issued on a day under the template: its limit, its stages, and from when each colour shows if nothing happens. */
function exampleOf(limits: Limits, template: Template, urgency: 'urgent' | 'normal' | 'hard', issuedOn: Day): Example {
  const stages = limits.stagesOf(template, issuedOn);
  try {
    const dueOn = limits.dueOf(template, urgency, issuedOn);
    const days = limits.daysOf(template, {
      issuedOn,
      signedOn: null,
      dueCurrent: dueOn,
      extensions: 0,
      returns: 0,
      extendedOn: null,
      returnedOn: null,
      nodes: stages.map((stage) => ({ dueOn: stage.dueOn, doneOn: null })),
    });
    return { dueOn, stages: stages.map(({ title, dueOn: on }) => ({ title, dueOn: on })), ...days };
  } catch (error) {
    // The limit reaches into a year whose calendar is not published: the page says so instead of a day.
    if (!(error instanceof Problem)) throw error;
    return { dueOn: null, stages: [], blue: null, yellow: null, red: null };
  }
}

export async function limitsPage(
  scope: Scope,
  { issuedOn = scope.today, urgency }: { issuedOn?: Day | undefined; urgency: 'urgent' | 'normal' | 'hard' },
) {
  const limits = await limitsOf(scope);
  const versions = await templateVersions(scope);
  return {
    issuedOn,
    templates: (await listTemplates(scope)).map((template) => ({
      template,
      version: versions.find((v) => v.code === template.code)?.version ?? 0,
      example: exampleOf(limits, template, urgency, issuedOn),
    })),
    versions: versions.map(({ code, version, reason, actorName, at }) => ({
      code,
      version,
      reason,
      actorName,
      at: at.toISOString(),
    })),
    allowed: scope.can('supervision.configure') ? (['configure'] as const).slice() : [],
  };
}
