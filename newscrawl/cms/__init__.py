"""The CMS families: one module each, with the family's page classes and section classes.

`family_page.FamilyPage` is the base class of the page classes, `section.FamilySection` that of the
section classes and their pagination. A family whose section classes are long has a second module.
"""
