import { isActiveStatus, type Standing } from '../agreements/agreement-status.ts';
import type { AgreementLife } from '../predictive/renewal-counts.ts';

/**
 * How the agreements of a customer that can be renewed have lived (N10): those with an end that began, by the renewals
 * they were told to have survived. A perpetual agreement never comes up for renewal; one that is void never was.
 */
export function agreementLivesOf(standings: readonly Standing[]): readonly AgreementLife[] {
  return standings.flatMap(({ agreement, status }) => {
    const { terms, amendments } = agreement;
    const isRenewable = !terms.perpetual && terms.endDay !== null;
    if (!isRenewable || status === 'void' || status === 'upcoming') return [];
    const renewalsSurvived = amendments.filter(({ kind }) => kind === 'renewed').length;
    return [{ renewalsSurvived, isOver: !isActiveStatus(status) }];
  });
}
