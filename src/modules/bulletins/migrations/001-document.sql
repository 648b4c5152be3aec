-- Reading and checking keep nothing. What a person accepts of a document comes with the desk.
create schema if not exists bulletins;
