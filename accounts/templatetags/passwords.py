from django import template

from accounts import password_rules

register = template.Library()
register.simple_tag(password_rules.rules, name="password_rules")
