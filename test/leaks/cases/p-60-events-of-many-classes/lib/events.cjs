'use strict';
class DomainEvent {
  constructor(payload) {
    this.id = Math.random().toString(36);
    this.at = performance.now();
    this.payload = payload;
  }
}

class OrderPlaced extends DomainEvent {}
class OrderPaid extends DomainEvent {}
class OrderPacked extends DomainEvent {}
class OrderShipped extends DomainEvent {}
class OrderDelivered extends DomainEvent {}
class OrderReturned extends DomainEvent {}
class OrderCancelled extends DomainEvent {}
class CartOpened extends DomainEvent {}
class CartChanged extends DomainEvent {}
class CartAbandoned extends DomainEvent {}
class UserRegistered extends DomainEvent {}
class UserConfirmed extends DomainEvent {}
class UserMoved extends DomainEvent {}
class UserLeft extends DomainEvent {}
class InvoiceSent extends DomainEvent {}
class InvoicePaid extends DomainEvent {}
class InvoiceOverdue extends DomainEvent {}
class StockArrived extends DomainEvent {}
class StockCounted extends DomainEvent {}
class StockSoldOut extends DomainEvent {}

const orders = [OrderPlaced, OrderPaid, OrderPacked, OrderShipped, OrderDelivered, OrderReturned, OrderCancelled];
const carts = [CartOpened, CartChanged, CartAbandoned];
const users = [UserRegistered, UserConfirmed, UserMoved, UserLeft];
const rest = [InvoiceSent, InvoicePaid, InvoiceOverdue, StockArrived, StockCounted, StockSoldOut];

module.exports = { kinds: [...orders, ...carts, ...users, ...rest] };
