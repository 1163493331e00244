export { portfolio, portfolioTopology } from './topologies/portfolio.ts';
export {
  DEFAULT_SCORING_SETTINGS,
  type ScoringSettings,
  scoring,
  scoringTopology,
} from './topologies/scoring.ts';
