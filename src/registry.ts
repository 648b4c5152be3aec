// Every module of the platform, one line each. A module starts after the modules it `uses`.
export {};
