/** The six pages, each on the tenant whose data say most, and on the others. */
export const BOARD_PAGES = [
  { name: 'overview', path: '/t/simulated/overview' },
  { name: 'customers', path: '/t/simulated/customers' },
  { name: 'customer', path: '/t/simulated/customers/{customer}' },
  { name: 'concentration', path: '/t/simulated/concentration' },
  { name: 'alerts', path: '/t/simulated/alerts' },
  { name: 'data', path: '/t/simulated/quarantine' },
  { name: 'usaspending-overview', path: '/t/usaspending/overview' },
  { name: 'usaspending-customers', path: '/t/usaspending/customers' },
  { name: 'usaspending-customer', path: '/t/usaspending/customers/146625272' },
  { name: 'usaspending-concentration', path: '/t/usaspending/concentration' },
  { name: 'usaspending-alerts', path: '/t/usaspending/alerts' },
  { name: 'usaspending-data', path: '/t/usaspending/quarantine' },
  { name: 'cdnow-overview', path: '/t/cdnow/overview' },
  { name: 'cdnow-customers', path: '/t/cdnow/customers' },
  { name: 'cdnow-customer', path: '/t/cdnow/customers/1901' },
  { name: 'cdnow-concentration', path: '/t/cdnow/concentration' },
] as const;

export const LOOKS = [
  { theme: 'light', width: 1280, height: 800 },
  { theme: 'dark', width: 1280, height: 800 },
  { theme: 'light', width: 390, height: 844 },
  { theme: 'dark', width: 390, height: 844 },
] as const;
