import type { BooksEvent } from '../../src/domain/books/books.events.js';
import { amountText, dayText, type Lines, shown } from './line.js';

/** What the timeline says of an account's money. */
export const booksLines: Lines<BooksEvent> = {
  OrderPlaced: ({ data: { orderId, amount, regular } }) => ({
    en: `${regular === false ? 'Trial order' : 'Order'} ${orderId} over ${amountText(amount)}`,
    zh: `${regular === false ? '试订单' : '订单'} ${orderId},金额 ${amountText(amount)}`,
  }),
  OrderCancelled: ({ data }) => {
    const reason = shown((data as { reason?: unknown }).reason);
    return { en: `Order ${data.orderId} cancelled: ${reason.en}`, zh: `订单 ${data.orderId} 取消:${reason.zh}` };
  },
  InvoiceIssued: ({ data: { invoiceId, gross, onInvoiceDiscount, dueOn } }) => {
    const less = onInvoiceDiscount ? ` less ${amountText(onInvoiceDiscount)}` : '';
    const lessZh = onInvoiceDiscount ? `,折扣 ${amountText(onInvoiceDiscount)}` : '';
    const due = dueOn ? `, due ${dayText(dueOn, true)}` : '';
    const dueZh = dueOn ? `,${dayText(dueOn, true)} 到期` : '';
    return {
      en: `Invoice ${invoiceId} over ${amountText(gross)}${less}${due}`,
      zh: `发票 ${invoiceId},金额 ${amountText(gross)}${lessZh}${dueZh}`,
    };
  },
  CreditIssued: ({ data: { creditId, amount, invoiceId } }) => ({
    en: `Credit note ${creditId} over ${amountText(amount)}${invoiceId ? ` on invoice ${invoiceId}` : ''}`,
    zh: `贷项通知单 ${creditId},金额 ${amountText(amount)}${invoiceId ? `,针对发票 ${invoiceId}` : ''}`,
  }),
  RebateGranted: ({ data: { rebateId, amount, scheme } }) => ({
    en: `Rebate ${rebateId} of ${amountText(amount)}${scheme ? ` under ${scheme}` : ''}`,
    zh: `返利 ${rebateId},金额 ${amountText(amount)}${scheme ? `,方案 ${scheme}` : ''}`,
  }),
  PaymentReceived: ({ data: { paymentId, invoiceId, amount, daysLate } }) => ({
    en: `Payment ${paymentId} of ${amountText(amount)} on invoice ${invoiceId}${daysLate ? `, ${daysLate} days late` : ''}`,
    zh: `收到付款 ${paymentId},金额 ${amountText(amount)},发票 ${invoiceId}${daysLate ? `,逾期 ${daysLate} 天` : ''}`,
  }),
  CostIncurred: ({ data: { category, amount, activity, minutes, quantity } }) => {
    const size = amount
      ? amountText(amount)
      : `${activity} ${minutes !== undefined ? `${minutes} min` : `× ${quantity}`}`;
    return { en: `Cost ${category}: ${size}`, zh: `成本 ${category}:${size}` };
  },
  InvestmentCommitted: ({ data }) => {
    const thesis = shown((data as { thesis?: unknown }).thesis);
    return {
      en: `Investment ${data.investmentId} committed for ${data.horizonMonths} months: ${thesis.en}`,
      zh: `承诺投资 ${data.investmentId},期限 ${data.horizonMonths} 个月:${thesis.zh}`,
    };
  },
  InvestmentReleased: ({ data: { investmentId, amount } }) => ({
    en: `Investment ${investmentId}: ${amountText(amount)} released`,
    zh: `投资 ${investmentId}:拨付 ${amountText(amount)}`,
  }),
  InvestmentStopped: ({ data }) => {
    const reason = shown((data as { reason?: unknown }).reason);
    return {
      en: `Investment ${data.investmentId} stopped: ${reason.en}`,
      zh: `投资 ${data.investmentId} 终止:${reason.zh}`,
    };
  },
  SacrificeApproved: ({ data }) => {
    const { sacrificeId, amount, from, to } = data;
    const expected = shown((data as { expectedReturn?: unknown }).expectedReturn);
    return {
      en: `Sacrifice ${sacrificeId} of up to ${amountText(amount)} approved from ${dayText(from)} to ${dayText(to, true)}: ${expected.en}`,
      zh: `批准短期牺牲 ${sacrificeId},上限 ${amountText(amount)},${dayText(from)} 至 ${dayText(to, true)}:${expected.zh}`,
    };
  },
  SacrificeReviewed: ({ data }) => {
    const outcome = shown((data as { outcome?: unknown }).outcome);
    return {
      en: `Sacrifice ${data.sacrificeId} reviewed: ${outcome.en}`,
      zh: `短期牺牲 ${data.sacrificeId} 评审:${outcome.zh}`,
    };
  },
};
