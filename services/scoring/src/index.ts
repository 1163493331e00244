export { portfolio } from './topologies/portfolio.ts';
export { scoring } from './topologies/scoring.ts';
