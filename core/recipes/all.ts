/** Every recipe, in the order in which a shop would switch them on. */

import type { Recipe } from '../flows/recipe.ts';
import { ABANDONED_BROWSE } from './abandoned-browse.ts';
import { ABANDONED_CART } from './abandoned-cart.ts';
import { BIRTHDAY } from './birthday.ts';
import { BACK_IN_STOCK, BACK_IN_STOCK_SEEN, NEW_ARRIVALS, PRICE_DROP } from './catalogue-news.ts';
import { CODE_EXPIRING } from './code-expiring.ts';
import { CROSS_SELL } from './cross-sell.ts';
import { DISCOUNT_REMINDER_RECIPE } from './discount-reminder.ts';
import { DOWNLOAD, FORM_ANSWER } from './form-answer.ts';
import { GIVEN_UP_SELDOM } from './given-up.ts';
import { HOLIDAY, HOLIDAY_LAST_DAY } from './holiday.ts';
import { LONG_TIME } from './long-time.ts';
import { NPS } from './nps.ts';
import { ORDER_NEWS } from './order-news.ts';
import { POINTS_EXPIRING } from './points-expiring.ts';
import { REFERRAL_FRIEND_RECIPE, REFERRAL_REWARD_RECIPE } from './referral.ts';
import { REPLENISHMENT, REPLENISHMENT_CODE } from './replenishment.ts';
import { REVIEW_REQUEST } from './review-request.ts';
import { SERVICE_END } from './service-end.ts';
import { SOCIAL_THANKS } from './social-thanks.ts';
import { THANKS } from './thanks.ts';
import { WELCOME } from './welcome.ts';
import { WIN_BACK } from './win-back.ts';
import { WIN_BACK_ONCE } from './win-back-once.ts';

export const RECIPES: readonly Recipe[] = [
  DISCOUNT_REMINDER_RECIPE,
  WELCOME,
  ABANDONED_CART,
  ABANDONED_BROWSE,
  LONG_TIME,
  ...ORDER_NEWS,
  THANKS,
  NPS,
  REVIEW_REQUEST,
  CROSS_SELL,
  REPLENISHMENT,
  REPLENISHMENT_CODE,
  WIN_BACK,
  WIN_BACK_ONCE,
  GIVEN_UP_SELDOM,
  BACK_IN_STOCK,
  BACK_IN_STOCK_SEEN,
  PRICE_DROP,
  NEW_ARRIVALS,
  BIRTHDAY,
  HOLIDAY,
  HOLIDAY_LAST_DAY,
  SERVICE_END,
  POINTS_EXPIRING,
  CODE_EXPIRING,
  SOCIAL_THANKS,
  FORM_ANSWER,
  DOWNLOAD,
  REFERRAL_FRIEND_RECIPE,
  REFERRAL_REWARD_RECIPE,
];

export const recipeByKey = (key: unknown): Recipe | undefined => RECIPES.find((recipe) => recipe.key === key);
