import { configure } from '@testing-library/react';

// What is awaited comes in milliseconds; on a machine that is busy with other tests, reading a page's file alone takes
// longer than the second that the library waits by itself.
configure({ asyncUtilTimeout: 8_000 });
