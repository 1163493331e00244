export { continueLive, type LiveOptions } from './continue-live.ts';
export { type Faults, USUAL_FAULTS } from './deliver-with-faults.ts';
export {
  type AlertEvaluation,
  type AlertInterval,
  type EvaluationFrame,
  evaluateAlerts,
} from './evaluate-alerts.ts';
export type { SimulatedEvent, SimulatedEventOf } from './event.ts';
export type { Archetype, DriftReason, Segment } from './parameters.ts';
export { type Simulation, type SimulationOptions, simulatePortfolio } from './simulate-portfolio.ts';
export type { Drift, Truth } from './truth.ts';
