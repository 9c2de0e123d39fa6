"""The demonstration data set, and the law it obeys.

Figures of 31 March 2022 (agreements 2017-2023), exact to the cent, whatever the scale:
  · 2 500 awarded projects (times the scale), 115 000 000,00 $ committed or paid, 150 000 000,00 $ of partners
    confirmed or received, 1,30 $ for each dollar; each alliance commits between 70 % and 88 % of its agreement;
  · each commitment counts from a day of its branch's fiscal year, and no branch commits more than it holds;
  · a contribution that is only promised does not count; a project that was awarded and cancelled before that day is
    in the register, not in the figures.
Beside them, agreements 2024-2029: each of the sixteen lines of the table + 70 000 $, the others as before; the years
that have begun are open, and about half of the current one is free, so that there is money to commit today. Each
alliance has a project in every state.

Nothing is random: generators have fixed seeds made of the alliance's code, so two loads on the same day give the same
rows. Everything is written in the scope of who may write it; nothing goes round the walls. People, organisations and
numbers are fictitious (NEQ 1199…); bodies named as partners are kinds of public bodies. At scale N there are N times
the projects, each with one Nth of the money.
"""
